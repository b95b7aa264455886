package dev.signaling.conformance;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Many connections that send at once: T12, V16. Four channels with five members each, who all send and hear the others; so
 * many messages that each connection stays within the burst of the limits' defaults, or paces itself beyond.
 */
final class Crowd {

    private static final int CHANNELS = 4;
    private static final int MEMBERS = 5;
    /** How many may be under way to one member, so that nobody's outbox overflows. */
    private static final int UNDER_WAY = 400;

    private static final int BURST = 1_000;
    /** Would come out changed if anybody on the way read it and wrote it anew. */
    private static final String FRAGILE =
            "{ 'type' :'load', 'a':[ 1.0,-0,1e400 ],'s':'\\/\\u0041 \u00eb\u65e5\ud83c\udfa5', 'by':'%s','n':%s,'filling':'%s' }";

    private static final int LONGEST_FILLING = 400;

    private final Stage stage;
    private final boolean v1;
    private final int each;
    private final int perSecond;

    private Crowd(Stage stage, boolean v1) throws IOException, InterruptedException {
        this.stage = stage;
        this.v1 = v1;
        this.each = Math.max(1, stage.settings().messages() / (CHANNELS * MEMBERS));
        int told = stage.limits().messagesPerSecond();
        this.perSecond = told > 0 ? told : 200;
    }

    static void t12LosesNothingUnderLoad(Stage stage) throws IOException, InterruptedException {
        new Crowd(stage, false).run();
    }

    static void v16LosesNothingUnderLoad(Stage stage) throws IOException, InterruptedException {
        new Crowd(stage, true).run();
    }

    private void run() throws IOException, InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(Conformance::daemon);
        List<Future<List<String>>> sides = new ArrayList<>();
        List<Future<List<String>>> heard = new ArrayList<>();
        try {
            for (int i = 0; i < CHANNELS; i++) {
                open(threads, sides, heard);
            }
            for (Future<List<String>> side : sides) {
                await(side);
            }
            for (int i = 0; i < CHANNELS; i++) {
                List<List<String>> orders = new ArrayList<>();
                for (Future<List<String>> member : heard.subList(i * MEMBERS, (i + 1) * MEMBERS)) {
                    orders.add(await(member));
                }
                requireOneOrder(orders);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void open(ExecutorService threads, List<Future<List<String>>> sides, List<Future<List<String>>> heard)
            throws IOException, InterruptedException {
        String channel = stage.channel();
        List<Peer> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(v1 ? stage.v1(channel, members.toArray(new Peer[0])) : stage.tutorial(channel));
        }
        Semaphore underWay = new Semaphore(UNDER_WAY * (MEMBERS - 1));
        for (int i = 0; i < MEMBERS; i++) {
            Peer member = members.get(i);
            String name = "member " + i;
            Future<List<String>> hearing = threads.submit(() -> listen(member, underWay));
            heard.add(hearing);
            sides.add(threads.submit(() -> speak(member, channel, name, underWay)));
            sides.add(hearing);
        }
    }

    private List<String> speak(Peer peer, String channel, String name, Semaphore underWay)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < each; i++) {
            if (!underWay.tryAcquire(MEMBERS - 1, stage.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Violation("the messages stopped coming after " + i + " of " + each + " of each connection");
            }
            long due = Math.max(0, i - BURST * 9L / 10) * 1_000_000_000L / perSecond;
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - (System.nanoTime() - begin)));
            String data = load(name, i);
            if (v1) {
                peer.signal(channel, data);
            } else {
                peer.send(data);
            }
        }
        return List.of();
    }

    private static String load(String by, int number) {
        return Notation.quoted(FRAGILE, by, number, "x".repeat(Math.floorMod(number, LONGEST_FILLING)));
    }

    /** Hears all that the others send, and gives it in its order. */
    private List<String> listen(Peer peer, Semaphore underWay) throws InterruptedException {
        Sequence order = new Sequence();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < each * (MEMBERS - 1); i++) {
            String text = peer.next();
            JsonObject message = Notation.parse(text);
            JsonObject load = v1 && message.get("data") instanceof JsonObject data ? data : message;
            String by = Notation.text(load, "by");
            int number = HostLimits.number(load, "n");
            String sent = load(by, number);
            Violation.unless(
                    v1 ? text.contains(":" + sent) : text.equals(sent), "not what was sent: " + Heard.brief(text));
            order.next(by, number);
            all.add(by + ", message " + number);
            underWay.release();
        }
        return all;
    }

    /** Each has heard all but its own: of any two of others, all have heard the same one first. */
    private void requireOneOrder(List<List<String>> orders) {
        for (int a = 0; a < MEMBERS; a++) {
            for (int b = a + 1; b < MEMBERS; b++) {
                String one = "member " + a + ",";
                String other = "member " + b + ",";
                List<String> left = without(orders.get(a), other);
                List<String> right = without(orders.get(b), one);
                Violation.unless(left.equals(right), "two members of a channel got its messages in different orders");
            }
        }
    }

    private static List<String> without(List<String> order, String sender) {
        return order.stream().filter(message -> !message.startsWith(sender)).toList();
    }

    private <T> T await(Future<T> side) throws IOException, InterruptedException {
        try {
            return side.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Violation violation) {
                throw violation;
            }
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }
}
