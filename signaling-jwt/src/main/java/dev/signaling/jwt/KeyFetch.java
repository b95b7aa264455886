package dev.signaling.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a key set, in a bounded time and up to a bounded size, while the thread that needs it waits. It is fetched on a
 * thread of its own, which ends with it: else a name that nobody resolves, or headers of which a byte comes now and then,
 * would be waited for without end.
 */
final class KeyFetch implements ResourceRetriever {

    static final String THREAD = "signaling-keys";
    static final int MOST_BYTES = 131_072;

    /** Until there is a connection, and then until there is something to read. */
    private static final Duration EACH_WAIT = Duration.ofSeconds(2);

    private final Duration all;

    KeyFetch() {
        this(Duration.ofSeconds(4));
    }

    /** Takes so long at most, for everything. */
    KeyFetch(Duration all) {
        this.all = all;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        Fetch fetch = new Fetch(url.openConnection());
        FutureTask<Resource> task = new FutureTask<>(fetch::read);
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(all.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            fetch.giveUp();
            throw fetch.tooLong();
        } catch (ExecutionException e) {
            throw new IOException("not fetched", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** One of them. */
    private final class Fetch {

        private final URLConnection connection;
        private final long deadline = System.nanoTime() + all.toNanos();
        private volatile boolean answered; // its headers have come

        Fetch(URLConnection connection) {
            this.connection = connection;
            connection.setConnectTimeout((int) EACH_WAIT.toMillis());
            connection.setReadTimeout((int) EACH_WAIT.toMillis());
            connection.setUseCaches(false);
        }

        Resource read() throws IOException {
            if (!(connection instanceof HttpURLConnection http)) {
                return body();
            }
            http.setInstanceFollowRedirects(false);
            http.setRequestProperty("Connection", "close"); // it is not needed again for minutes
            try {
                int status = http.getResponseCode();
                answered = true;
                if (status != HttpURLConnection.HTTP_OK) {
                    throw new IOException("answered with " + status);
                }
                return body();
            } finally {
                http.disconnect();
            }
        }

        private Resource body() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] part = new byte[8_192];
            try (InputStream in = connection.getInputStream()) {
                for (int count = in.read(part); count >= 0; count = in.read(part)) {
                    bytes.write(part, 0, count);
                    if (bytes.size() > MOST_BYTES) {
                        throw new IOException("more than " + MOST_BYTES + " bytes");
                    }
                    if (System.nanoTime() - deadline > 0) {
                        throw tooLong();
                    }
                }
            }
            return new Resource(bytes.toString(UTF_8), "application/jwk-set+json");
        }

        /** Nobody waits for it any more: its thread ends at the deadline by itself, unless it is still waiting for headers. */
        void giveUp() {
            if (!answered && connection instanceof HttpURLConnection http) {
                http.disconnect();
            }
        }

        IOException tooLong() {
            return new IOException("takes more than " + all.toMillis() + " ms");
        }
    }
}
