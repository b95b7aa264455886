package dev.signaling.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The part of the command line that is about https. */
final class TlsOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--tls",
            description =
                    "serve https with a certificate made at this start, for localhost and for this machine's names and "
                            + "addresses. It is kept in memory only, and browsers warn of it until told to go on.")
    private boolean tls;

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            description = "serve https with the key and certificate of this PKCS12 or JKS file instead")
    private @Nullable Path keystore;

    @Option(
            names = "--keystore-password-file",
            paramLabel = "FILE",
            description = "a file with the password of --keystore in its first line")
    private @Nullable Path passwordFile;

    /** Made by the command line. */
    TlsOptions() {}

    /** Whether the certificate is one that browsers warn of. */
    boolean selfSigned() {
        return tls && keystore == null;
    }

    /**
     * What to serve https with; empty for plain http.
     *
     * @param listeningOn the address that the server is to listen on
     * @throws ParameterException if options are missing
     * @throws KeystoreException if the keystore is of no use, with the reason for the person who started the demo
     */
    Optional<SSLContext> context(String listeningOn) throws KeystoreException {
        Path file = keystore;
        Path secret = passwordFile;
        if ((file == null) != (secret == null)) {
            CommandSpec command = spec == null ? CommandSpec.create() : spec;
            throw new ParameterException(
                    command.commandLine(), "--keystore and --keystore-password-file need each other");
        }
        if (file != null && secret != null) {
            return Optional.of(own(file, secret));
        }
        return tls ? Optional.of(madeUp(listeningOn)) : Optional.empty();
    }

    private static SSLContext own(Path file, Path secret) throws KeystoreException {
        char[] password = password(secret);
        try (InputStream stream = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12"); // which reads JKS too
            store.load(stream, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return context(store, password);
                }
            }
            throw new KeystoreException(file, "there is no key in it", null);
        } catch (NoSuchFileException e) {
            throw new KeystoreException(file, "there is no such file", e);
        } catch (IOException e) { // which is also what a wrong password is
            String reason = e.getMessage();
            throw new KeystoreException(file, reason == null ? "it is no keystore" : reason, e);
        } catch (GeneralSecurityException e) {
            throw new KeystoreException(file, "its key cannot be used: " + e.getMessage(), e);
        }
    }

    private static char[] password(Path file) throws KeystoreException {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            return line == null ? new char[0] : line.toCharArray();
        } catch (NoSuchFileException e) {
            throw new KeystoreException(file, "there is no such file", e);
        } catch (IOException e) {
            throw new KeystoreException(file, "the password cannot be read: " + e.getMessage(), e);
        }
    }

    private static SSLContext madeUp(String listeningOn) {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            addresses.addAll(Addresses.loopback());
            addresses.addAll(Addresses.reachable(listeningOn));
        } catch (IOException e) {
            // There is no such address to listen on: starting will say so, in its own words.
        }
        char[] password = UUID.randomUUID().toString().toCharArray();
        try {
            return context(SelfSigned.keyStore(Addresses.names(), addresses, password), password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static SSLContext context(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** A keystore or its password that is not to be had, or of no use. */
    static final class KeystoreException extends Exception {

        private static final long serialVersionUID = 1L;

        KeystoreException(Path file, String reason, @Nullable Throwable cause) {
            super("cannot use " + file + ": " + reason, cause);
        }
    }
}
