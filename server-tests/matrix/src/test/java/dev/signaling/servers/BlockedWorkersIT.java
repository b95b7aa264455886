package dev.signaling.servers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.signaling.testkit.WorkerWatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that do not read, do not come to an end, flood or vanish hold up no thread of the server's in our code. */
@Tag("scenario")
class BlockedWorkersIT {

    private static final Duration LONGEST = Duration.ofMillis(500);
    private static final Set<String> WATCHED = Set.of("tomcat-11", "tomcat-10");

    /** Where servers call us; all else of ours is below these. */
    private static final Set<String> ENTRIES = Set.of(
            "dev.signaling.jakarta.GateFilter",
            "dev.signaling.jakarta.SessionEndpoint",
            "dev.signaling.jakarta.SessionOutbox$Sending",
            "dev.signaling.jakarta.SignalingConfigurator",
            "dev.signaling.jakarta.SignalingSession");

    static Stream<Server> chosen() {
        return Servers.chosen().filter(server -> WATCHED.contains(server.id()));
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("chosen")
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noPeerHoldsUpAThreadOfTheServers(Server server) throws Exception {
        Path jdk = Jdk.of(server);
        Build.delete(Build.runOf(server));
        try (RunningServer running = RunningServer.start(server, Build.wars(!server.hasJsonb()), jdk);
                JMXConnector connector = connect(running)) {
            try {
                ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                        connector.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
                seesWhatIsThere(running, threads);
                try (WorkerWatch watch = watch(threads)) {
                    attack(running);
                    assertEquals(List.of(), watch.blocked());
                    assertTrue(watch.looks() > 10, () -> "looked only " + watch.looks() + " times");
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("on " + server.name() + ": " + e.getMessage() + "\n" + running.output(), e);
            }
        }
    }

    @SuppressWarnings("BanJNDI") // what it answers is a server's that this test has started
    private static JMXConnector connect(RunningServer running) throws IOException, AttachNotSupportedException {
        VirtualMachine machine =
                VirtualMachine.attach(Long.toString(running.javas().get(0)));
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
    }

    private static WorkerWatch watch(ThreadMXBean threads) {
        return WorkerWatch.elsewhere(
                threads,
                LONGEST,
                thread -> !thread.startsWith("signaling-close-"), // which are there to wait
                frame -> ENTRIES.contains(frame.getClassName()));
    }

    /** The tuned application's authenticator holds up who comes with a slow ticket. */
    private static void seesWhatIsThere(RunningServer running, ThreadMXBean threads) throws IOException {
        try (WorkerWatch watch = watch(threads);
                RawClient slow = new RawClient(URI.create(running.tuned() + "?ticket=slow"))) {
            await().until(() -> !watch.blocked().isEmpty());
            assertTrue(watch.blocked().get(0).contains("Tickets"), () -> watch.blocked()
                    .toString());
            slow.greeted();
        }
    }

    private static void flood(URI endpoint) {
        try (WirePeer peer = WirePeer.joined(endpoint, "flood")) {
            for (int n = 0; n < 2_500; n++) {
                peer.send("{\"type\":\"load\",\"n\":" + n + "}");
            }
        } catch (CompletionException e) {
            // closed meanwhile, as it should be
        }
    }

    private static void attack(RunningServer running) throws IOException {
        List<RawClient> attackers = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                attackers.add(new RawClient(running.signal()).greeted().beginsToAsk("slow"));
                new RawClient(running.signal()).close();
                new RawClient(running.signal()).opened().close();
                new RawClient(running.signal()).greeted().asksToJoin("slow").close();
                RawClient.hasty(running.signal(), "slow").close();
            }
            for (int i = 0; i < 4; i++) {
                flood(running.signal());
            }
            new SlowReaders().tell(running);
        } finally {
            attackers.forEach(RawClient::close);
        }
    }
}
