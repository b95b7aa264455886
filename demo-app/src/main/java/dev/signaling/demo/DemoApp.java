package dev.signaling.demo;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.demo.TlsOptions.KeystoreException;
import dev.signaling.jakarta.OriginPolicy;
import dev.signaling.jakarta.SignalingServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the demo. */
@Command(
        name = "demo-app",
        description = "Serves pages that stream video from browser to browser, and the signaling that connects them.",
        mixinStandardHelpOptions = true,
        versionProvider = DemoApp.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class DemoApp implements Callable<Integer> {

    private static final int MESSAGES_PER_SECOND = 200;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "where to listen; 0 takes a free port (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description =
                    "the address to listen on; 0.0.0.0 is every one that this machine has (default: ${DEFAULT-VALUE})")
    private String host;

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description =
                    "pages from elsewhere that may connect, such as https://example.org, or null for pages opened "
                            + "from a file; may be given several times. Pages of this server and, while it listens on "
                            + "loopback, of any other on loopback always may.")
    private List<String> allowedOrigins = List.of();

    @Option(
            names = "--messages-per-second",
            defaultValue = "" + MESSAGES_PER_SECOND,
            paramLabel = "N",
            description =
                    "how many messages a second one connection may send (default: ${DEFAULT-VALUE}); for many large ones "
                            + "raise charactersPerSecond too, by --limit")
    private int messagesPerSecond;

    @Mixin
    private final IceOptions ice = new IceOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Option(names = "--quiet", description = "write only warnings and errors to the log")
    private boolean quiet;

    /** Made by the command line. */
    DemoApp() {
        spec = CommandSpec.create();
        host = "";
    }

    /**
     * Runs until it is told to stop (SIGINT, SIGTERM); exits with 1 if it cannot start, with 2 if it is misused, and with 3 if
     * a thread of its has died.
     */
    public static void main(String[] args) {
        ConsoleLog.install();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> end(fault));
        System.exit(new CommandLine(new DemoApp()).execute(args));
    }

    /** A server whose threads have died, usually of a lack of memory, only seems to live: one that ends is started again. */
    private static void end(Throwable fault) {
        try {
            System.getLogger("signaling").log(Level.ERROR, "a thread has died, and the process ends", fault);
        } finally {
            Runtime.getRuntime().halt(3);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port is not between 0 and 65535: " + port);
        }
        if (host.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--host is empty");
        }
        if (messagesPerSecond < 1 || messagesPerSecond > 1_000_000) {
            throw new ParameterException(
                    spec.commandLine(), "--messages-per-second is not between 1 and 1000000: " + messagesPerSecond);
        }
        if (quiet) {
            ConsoleLog.onlyWarnings();
        }
        EventLog events = new EventLog();
        SignalingHub hub = SignalingHub.builder()
                .limits(limits())
                .policy(new RoomPolicy())
                .iceServers(ice.servers())
                .listener(events)
                .build();
        OriginPolicy origins = origins();
        DemoServer server;
        try {
            server = DemoServer.start(
                    host,
                    port,
                    tls.context(host),
                    origins,
                    SignalingServer.builder(hub)
                            .origins(origins)
                            .liveness(limits.liveness())
                            .build());
        } catch (KeystoreException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        } catch (IOException e) {
            spec.commandLine().getErr().println("cannot listen on " + host + " port " + port + ": " + e.getMessage());
            return 1;
        }
        if (tls.selfSigned()) {
            System.getLogger("signaling")
                    .log(
                            Level.INFO,
                            "ready   browsers will warn of the certificate, which was made just now and is forgotten at the "
                                    + "end: tell them to go on (Advanced)");
        }
        if (!ice.urls().isEmpty()) {
            System.getLogger("signaling")
                    .log(Level.INFO, "ready   pages are told of {0}", String.join(", ", ice.urls()));
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            events.sumUp();
                            server.stop();
                        },
                        "stop"));
        new CountDownLatch(1).await(); // until the process is told to stop
        return 0;
    }

    private Limits limits() {
        try {
            Limits set = limits.limits();
            limits.liveness();
            if (messagesPerSecond == MESSAGES_PER_SECOND) {
                return set;
            }
            return set.toBuilder()
                    .messagesPerSecond(messagesPerSecond)
                    .messageBurst(Math.max(messagesPerSecond, set.messageBurst()))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--limit: " + e.getMessage(), e);
        }
    }

    private OriginPolicy origins() {
        try {
            return new DemoOrigins(host, allowedOrigins);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--allow-origin: " + e.getMessage(), e);
        }
    }

    /** The version that the jar was built with. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = DemoApp.class.getPackage().getImplementationVersion();
            return new String[] {"demo-app " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
