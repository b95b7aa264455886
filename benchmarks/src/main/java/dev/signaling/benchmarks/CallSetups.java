package dev.signaling.benchmarks;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole calls, some at once: two connections, both join, an offer, an answer, candidates each way, both close. The next call begins when one has
 * ended.
 */
final class CallSetups implements Scenario {
    private static final int DESCRIPTION_BYTES = 3 * 1024;
    private static final int CANDIDATE_BYTES = 200;
    private static final int CANDIDATES = 10;

    private final int concurrent;
    private final NumberedText offers = NumberedText.description("offer", "caller", DESCRIPTION_BYTES);
    private final NumberedText answers = NumberedText.description("answer", "callee", DESCRIPTION_BYTES);
    private final NumberedText callerCandidates = NumberedText.candidate("caller", CANDIDATE_BYTES);
    private final NumberedText calleeCandidates = NumberedText.candidate("callee", CANDIDATE_BYTES);
    private final List<Runnable> firstCalls = new ArrayList<>();
    private long begun;
    private int open;
    private boolean running;

    CallSetups(int concurrent) {
        this.concurrent = concurrent;
    }

    @Override
    public String name() {
        return "setup";
    }

    @Override
    public void connect(EventLoop loop, URI url, Meter meter) {
        for (int call = 0; call < concurrent; call++) {
            firstCalls.add(() -> begin(loop, url, meter));
        }
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public void start() {
        running = true;
        firstCalls.forEach(Runnable::run);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isQuiet() {
        return open == 0;
    }

    @Override
    public void close() {
        // every call closes its own
    }

    @Override
    public boolean isClosed() {
        return isQuiet();
    }

    private void begin(EventLoop loop, URI url, Meter meter) {
        open++;
        new Call(begun++, loop, url, meter);
    }

    private final class Call {
        private final long number;
        private final EventLoop loop;
        private final URI url;
        private final Meter meter;
        private final Party caller;
        private final Party callee;
        private final long startedNanos = System.nanoTime();
        private int joined;
        private int complete;
        private int closed;

        Call(long number, EventLoop loop, URI url, Meter meter) {
            this.number = number;
            this.loop = loop;
            this.url = url;
            this.meter = meter;
            caller = new Party(this, offers, callerCandidates, answers, calleeCandidates);
            callee = new Party(this, answers, calleeCandidates, offers, callerCandidates);
        }

        void joined() {
            if (++joined == 2) {
                caller.describe();
            }
        }

        void described(Party party) {
            if (party == callee) {
                callee.describe();
            }
        }

        void complete() {
            if (++complete == 2) {
                caller.close();
                callee.close();
            }
        }

        void closed() {
            if (++closed == 2) {
                meter.callDone(startedNanos);
                open--;
                if (running) {
                    begin(loop, url, meter);
                }
            }
        }
    }

    private static final class Party extends Peer {
        private final Call call;
        private final NumberedText description;
        private final NumberedText candidates;
        private final NumberedText expectedDescription;
        private final NumberedText expectedCandidates;
        private int arrived;

        Party(
                Call call,
                NumberedText description,
                NumberedText candidates,
                NumberedText expectedDescription,
                NumberedText expectedCandidates) {
            super(call.loop, call.url, "call-" + call.number);
            this.call = call;
            this.description = description;
            this.candidates = candidates;
            this.expectedDescription = expectedDescription;
            this.expectedCandidates = expectedCandidates;
        }

        void describe() {
            send(description.numbered(call.number));
            for (int candidate = 0; candidate < CANDIDATES; candidate++) {
                send(candidates.numbered(call.number * CANDIDATES + candidate));
            }
        }

        @Override
        void joined() {
            call.joined();
        }

        @Override
        void received(ByteBuffer payload) {
            call.meter.deliveredInCall();
            if (arrived == 0) {
                expectedDescription.requireEqual(call.number, payload);
                call.described(this);
            } else {
                expectedCandidates.requireEqual(call.number * CANDIDATES + arrived - 1, payload);
            }
            if (arrived++ == CANDIDATES) {
                call.complete();
            }
        }

        @Override
        public void closed() {
            super.closed();
            call.closed();
        }
    }
}
