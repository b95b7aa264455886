package dev.signaling.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures servers side by side: all are up at once on one core and take short turns under the same load, so that whatever else the machine does
 * falls on each alike.
 */
@Command(
        name = "compare",
        description = "starts servers and measures them in turns; the last one is what the others are compared with",
        mixinStandardHelpOptions = true)
final class Compare implements Callable<Integer> {
    private static final Map<String, Supplier<Scenario>> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("relay-1", () -> new Relay(50, 1, 300));
        SCENARIOS.put("relay-8", () -> new Relay(50, 8, 300));
        SCENARIOS.put("fanout", () -> new Fanout(99, 300));
        SCENARIOS.put("setup", () -> new CallSetups(8));
    }

    @Option(
            names = "--server",
            required = true,
            paramLabel = "NAME=COMMAND",
            description = "a server and the command that starts it, with {port} for its port")
    private Map<String, String> commands = new LinkedHashMap<>();

    @Option(names = "--path", defaultValue = "/", description = "of the endpoints, default: ${DEFAULT-VALUE}")
    private String path = "/";

    @Option(names = "--core", defaultValue = "0", description = "of the servers, default: ${DEFAULT-VALUE}")
    private int core;

    @Option(names = "--scenarios", split = ",", defaultValue = "relay-1,relay-8,fanout,setup")
    private List<String> scenarios = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "starts of every server, default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "seconds of CPU a scenario, default: ${DEFAULT-VALUE}")
    private int warmUpSeconds;

    @Option(names = "--turns", defaultValue = "4", description = "measured turns a round, default: ${DEFAULT-VALUE}")
    private int turns;

    @Option(names = "--measure", defaultValue = "0.5", description = "seconds of CPU a turn, default: ${DEFAULT-VALUE}")
    private double measuredSeconds;

    @Option(names = "--json", description = "print one JSON object a turn as well")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Comparison comparison = new Comparison(List.copyOf(commands.keySet()).get(commands.size() - 1));
        for (int round = 0; round < rounds; round++) {
            Map<String, ServerCommand> servers = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, String> command : commands.entrySet()) {
                    servers.put(command.getKey(), new ServerCommand(command.getValue(), core, path));
                }
                for (String scenario : scenarios) {
                    compare(scenario, servers, comparison);
                }
            } finally {
                servers.values().forEach(ServerCommand::close);
            }
        }
        System.out.print(comparison.table());
        return 0;
    }

    private void compare(String scenario, Map<String, ServerCommand> servers, Comparison comparison)
            throws IOException {
        Supplier<Scenario> load = Optional.ofNullable(SCENARIOS.get(scenario))
                .orElseThrow(
                        () -> new IllegalArgumentException("no scenario " + scenario + " but " + SCENARIOS.keySet()));
        Map<String, Run> runs = new LinkedHashMap<>();
        try (EventLoop loop = new EventLoop()) {
            for (Map.Entry<String, ServerCommand> server : servers.entrySet()) {
                ServerCommand command = server.getValue();
                runs.put(server.getKey(), new Run(loop, load.get(), command.url(), Optional.of(command.process())));
            }
            runs.values().forEach(run -> run.warmUp(Duration.ofSeconds(warmUpSeconds)));
            for (int turn = 0; turn < turns; turn++) {
                runs.forEach((server, run) -> {
                    Figures figures = run.measure(Duration.ofMillis(Math.round(measuredSeconds * 1000)));
                    comparison.add(server, figures);
                    if (json) {
                        System.out.println("{\"server\":\"" + server + "\","
                                + figures.json().substring(1));
                    }
                });
            }
            runs.values().forEach(Run::close);
        }
    }
}
