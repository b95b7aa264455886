package dev.signaling.demo.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that may be installed or not. */
final class Programs {

    private Programs() {}

    /** The first program on the PATH that has one of the names. */
    static Optional<Path> find(String... names) {
        List<String> folders =
                List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether a missing program of this sort is a failure rather than a reason to skip a test. */
    static boolean isRequired(String sort) {
        var required = Optional.ofNullable(System.getenv("SIGNALING_REQUIRE")).orElse("");
        return Arrays.asList(required.split("[,\\s]+")).contains(sort);
    }
}
