package dev.signaling.conformance;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line: {@code java -jar signaling-conformance.jar ws://host:port/signal}. */
@Command(
        name = "signaling-conformance",
        description = "Checks a signaling endpoint against every rule of PROTOCOL.md, over the wire alone. "
                + "Exits with 0 if none is broken, with 1 if one is or nobody answers, with 2 if it is misused.",
        mixinStandardHelpOptions = true,
        versionProvider = ConformanceApp.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class ConformanceApp implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "URL", description = "the endpoint, such as ws://127.0.0.1:8080/signal")
    private String url = "";

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "come from a page of this origin, which is allowed")
    private String origin = "";

    @Option(
            names = "--header",
            paramLabel = "NAME:VALUE",
            description = "send this header with every handshake; may be given several times")
    private List<String> headers = List.of();

    @Option(
            names = "--timeout",
            defaultValue = "5",
            paramLabel = "SECONDS",
            description = "how long an answer may take (default: ${DEFAULT-VALUE})")
    private int timeout;

    @Option(
            names = "--join-deadline",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "when the host closes who joins nothing (default: ${DEFAULT-VALUE})")
    private int joinDeadline;

    @Option(
            names = "--pong-deadline",
            defaultValue = "75",
            paramLabel = "SECONDS",
            description = "when the host gives up who is silent (default: ${DEFAULT-VALUE})")
    private int pongDeadline;

    @Option(names = "--only", split = ",", paramLabel = "RULE", description = "check these rules only, such as T5,V13")
    private Set<String> only = Set.of();

    @Option(names = "--quick", description = "leave out what takes minutes or a thousand connections")
    private boolean quick;

    @Option(names = "--insecure", description = "take any certificate")
    private boolean insecure;

    @Option(names = "--list", description = "list the rules, and check nothing")
    private boolean list;

    /** Made by the command line. */
    ConformanceApp() {
        spec = CommandSpec.create();
    }

    /** Runs the checks, prints what became of each rule, and exits with 0, 1 or 2. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ConformanceApp()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        Report report = new Report(spec.commandLine().getOut());
        if (list) {
            Conformance.rules().forEach(report::title);
            return 0;
        }
        Conformance conformance = configured();
        try {
            report.begin(url);
            return report.sum(conformance.run(report::line)) ? 0 : 1;
        } catch (UncheckedIOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(url + ": " + e.getMessage());
            err.flush();
            return 1;
        }
    }

    private Conformance configured() {
        if (url.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no URL was given, such as ws://127.0.0.1:8080/signal");
        }
        try {
            Conformance conformance = Conformance.of(URI.create(url))
                    .timeout(seconds("--timeout", timeout))
                    .joinDeadline(seconds("--join-deadline", joinDeadline))
                    .pongDeadline(seconds("--pong-deadline", pongDeadline))
                    .only(only);
            conformance = origin.isEmpty() ? conformance : conformance.origin(origin);
            conformance = quick ? conformance.quick() : conformance;
            conformance = insecure ? conformance.insecure() : conformance;
            for (String header : headers) {
                conformance = withHeader(conformance, header);
            }
            return conformance;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Conformance withHeader(Conformance conformance, String header) {
        int colon = header.indexOf(':');
        if (colon < 1 || header.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("--header is not NAME:VALUE: " + header);
        }
        return conformance.header(
                header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }

    private static Duration seconds(String option, int value) {
        if (value < 1 || value > 3_600) {
            throw new IllegalArgumentException(option + " is not between 1 and 3600: " + value);
        }
        return Duration.ofSeconds(value);
    }

    /** The version that the jar was built with. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = ConformanceApp.class.getPackage().getImplementationVersion();
            return new String[] {"signaling-conformance " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
