package dev.signaling.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of the load generator. */
@Command(
        name = "load",
        description =
                "Puts load on a signal server that speaks the tutorial's format, and says what it delivers and costs.",
        mixinStandardHelpOptions = true,
        subcommands = Compare.class)
public final class LoadGenerator {
    private LoadGenerator() {}

    /** Ends with 0 when everything arrived as it should, 1 when it did not, 2 for a wrong command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadGenerator()).execute(arguments));
    }

    /** What is measured, for how long, and how it is printed. */
    static final class Target {
        @Option(names = "--url", defaultValue = "ws://127.0.0.1:8080/signal", description = "default: ${DEFAULT-VALUE}")
        private URI url = URI.create("");

        @Option(names = "--server-pid", description = "the server's process, whose CPU time is then measured")
        private Optional<Long> serverPid = Optional.empty();

        @Option(
                names = "--warm-up",
                defaultValue = "5",
                description = "seconds, of the server's CPU if known, default: ${DEFAULT-VALUE}")
        private int warmUpSeconds;

        @Option(
                names = "--measure",
                defaultValue = "5",
                description = "seconds, of the server's CPU if known, default: ${DEFAULT-VALUE}")
        private int measuredSeconds;

        @Option(names = "--json", description = "print one JSON object a line")
        private boolean json;

        int run(Scenario scenario) throws IOException {
            try (EventLoop loop = new EventLoop();
                    Run run = new Run(loop, scenario, url, serverPid.map(ServerProcess::new))) {
                run.warmUp(Duration.ofSeconds(warmUpSeconds));
                Figures figures = run.measure(Duration.ofSeconds(measuredSeconds));
                System.out.println(json ? figures.json() : figures.line());
            }
            return 0;
        }

        int idle(int connections) throws IOException {
            ServerProcess server = serverPid
                    .map(ServerProcess::new)
                    .orElseThrow(() -> new IllegalArgumentException("idle needs --server-pid"));
            try (EventLoop loop = new EventLoop()) {
                Idle.Cost cost = new Idle(loop, url, server).measure(connections);
                System.out.println(json ? cost.json() : cost.line());
            }
            return 0;
        }
    }

    @Command(description = "pairs that keep a fixed number of messages in flight")
    int relay(
            @Mixin Target target,
            @Option(names = "--pairs", defaultValue = "50") int pairs,
            @Option(names = "--depth", defaultValue = "1", description = "messages in flight per pair") int depth,
            @Option(names = "--bytes", defaultValue = "300") int bytes)
            throws IOException {
        return target.run(new Relay(pairs, depth, bytes));
    }

    @Command(description = "one sender and many receivers in one channel")
    int fanout(
            @Mixin Target target,
            @Option(names = "--receivers", defaultValue = "99") int receivers,
            @Option(names = "--bytes", defaultValue = "300") int bytes)
            throws IOException {
        return target.run(new Fanout(receivers, bytes));
    }

    @Command(description = "whole calls: connect, join, offer, answer, candidates, close")
    int setup(@Mixin Target target, @Option(names = "--concurrent", defaultValue = "8") int concurrent)
            throws IOException {
        return target.run(new CallSetups(concurrent));
    }

    @Command(description = "connections that say nothing: what each takes of the server's memory")
    int idle(@Mixin Target target, @Option(names = "--connections", defaultValue = "1000") int connections)
            throws IOException {
        return target.idle(connections);
    }
}
