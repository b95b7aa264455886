package dev.signaling.attacks;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.signaling.demo.DemoApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The demo's server, which besides tells what it takes of the machine whenever a line is written to it. */
public final class AttackedServer {

    private AttackedServer() {}

    /** Takes the demo's options; does not return. */
    public static void main(String[] options) {
        Thread questions = new Thread(AttackedServer::answer, "footprint");
        questions.setDaemon(true);
        questions.start();
        CompletableFuture.delayedExecutor(0, TimeUnit.SECONDS)
                .execute(() -> {}); // makes the JDK's one timer, which stays
        DemoApp.main(options);
    }

    private static void answer() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (lines.readLine() != null) {
                System.out.println(footprint());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String footprint() {
        var memory = ManagementFactory.getMemoryMXBean();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) { // until a collection finds nothing more to free
            memory.gc();
            long now = memory.getHeapMemoryUsage().getUsed();
            if (now >= used) {
                break;
            }
            used = now;
        }
        var threads = ManagementFactory.getThreadMXBean();
        List<String> names = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull) // ended meanwhile
                .map(ThreadInfo::getThreadName)
                .sorted()
                .toList();
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
        return new Footprint(used / 1024, names, files).written();
    }
}
