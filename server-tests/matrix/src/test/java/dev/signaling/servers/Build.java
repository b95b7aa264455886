package dev.signaling.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What Maven has made ready, and files. */
final class Build {

    static final Path TARGET = Path.of(System.getProperty("target"));
    static final Path PROJECT = TARGET.resolve("../../..").normalize();

    private Build() {}

    /** The folder in which that server runs. */
    static Path runOf(Server server) {
        return TARGET.resolve("runs/" + server.id());
    }

    /**
     * Two WARs of our jars and of an implementation of JSON-B if there has to be one: {@code calls.war} with nothing else,
     * and the {@linkplain Tuned tuned} one.
     */
    static List<Path> wars(boolean jsonb) throws IOException {
        Path folder = Files.createDirectories(TARGET.resolve(jsonb ? "war/with-jsonb" : "war/plain"));
        Map<String, byte[]> jars = new TreeMap<>();
        for (Path jar : files(TARGET.resolve("war/ours"))) {
            jars.put("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
        }
        for (Path jar : jsonb ? files(TARGET.resolve("war/jsonb")) : List.<Path>of()) {
            jars.put("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
        }
        Path calls = Files.write(folder.resolve("calls.war"), zip(jars));
        jars.putAll(Tuned.files());
        return List.of(calls, Files.write(folder.resolve("tuned.war"), zip(jars)));
    }

    static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** The one folder in there: what a zip has been unpacked to. */
    static Path only(Path folder) throws IOException {
        return files(folder).stream().filter(Files::isDirectory).findFirst().orElseThrow();
    }

    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    /** Bytes of all files in there. */
    static long size(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
