package dev.signaling.jakarta;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Blows when so many bytes have been read, or so many written, be it in the middle of a frame. Used by one thread. */
final class Fuse {

    /** One that never blows. */
    static final Fuse NONE = new Fuse(Long.MAX_VALUE, Long.MAX_VALUE);

    private final long mostRead;
    private final long mostWritten;

    Fuse(long mostRead, long mostWritten) {
        this.mostRead = mostRead;
        this.mostWritten = mostWritten;
    }

    InputStream in(InputStream source) {
        return new FilterInputStream(source) {

            private long left = mostRead;

            @Override
            public int read() throws IOException {
                require();
                left--;
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                require();
                int count = super.read(bytes, from, (int) Math.min(length, left));
                left -= Math.max(0, count);
                return count;
            }

            private void require() throws BlownException {
                if (left == 0) {
                    throw new BlownException();
                }
            }
        };
    }

    OutputStream out(OutputStream target) {
        return new FilterOutputStream(target) {

            private long left = mostWritten;

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                int some = (int) Math.min(length, left);
                out.write(bytes, from, some);
                left -= some;
                if (some < length) {
                    throw new BlownException();
                }
            }
        };
    }

    /** The end, as it was wanted. */
    static final class BlownException extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
