package dev.signaling;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that happens to a hub: so that any bytes are a story, the numbers are taken modulo what there is.
 *
 * @param seat which client does it, or what is done to
 * @param what the channel, the other client, the time
 * @param how the one of several ways to do it
 */
record Step(Kind kind, int seat, int what, int how) {

    enum Kind {
        CONNECT,
        CONNECT_TO_ONE_CHANNEL,
        JOIN,
        LEAVE,
        SAY,
        SAY_TO_ONE,
        PING,
        BAD_TEXT,
        RESUME,
        CUT,
        TIME_OUT,
        GO,
        STOP_READING,
        WAIT
    }

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final int BYTES = 4;
    private static final int MOST = 400;

    /** Four bytes a step; what is left over at the end is none. */
    static List<Step> read(byte[] bytes) {
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at + BYTES <= bytes.length && steps.size() < MOST; at += BYTES) {
            Kind kind = KINDS.get((bytes[at] & 0xff) % KINDS.size());
            steps.add(new Step(kind, bytes[at + 1] & 0xff, bytes[at + 2] & 0xff, bytes[at + 3] & 0xff));
        }
        return steps;
    }

    /** The bytes that {@link #read} makes this step of, if its numbers are bytes. */
    void write(ByteArrayOutputStream out) {
        out.write(KINDS.indexOf(kind));
        out.write(seat);
        out.write(what);
        out.write(how);
    }
}
