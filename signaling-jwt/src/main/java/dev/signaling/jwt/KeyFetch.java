package dev.signaling.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.time.Duration;

/** Fetches a key set, in a bounded time and up to a bounded size, on the thread that needs it. */
final class KeyFetch implements ResourceRetriever {

    static final int MOST_BYTES = 131_072;

    /** Until there is a connection, and then until there is something to read. */
    private static final Duration EACH_WAIT = Duration.ofSeconds(2);

    private final Duration all;

    KeyFetch() {
        this(Duration.ofSeconds(4));
    }

    /** Takes so long at most for what follows the headers. */
    KeyFetch(Duration all) {
        this.all = all;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setConnectTimeout((int) EACH_WAIT.toMillis());
        connection.setReadTimeout((int) EACH_WAIT.toMillis());
        connection.setUseCaches(false);
        if (!(connection instanceof HttpURLConnection http)) {
            return read(connection);
        }
        try {
            http.setInstanceFollowRedirects(false);
            if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("answered with " + http.getResponseCode());
            }
            return read(connection);
        } finally {
            http.disconnect();
        }
    }

    private Resource read(URLConnection connection) throws IOException {
        long deadline = System.nanoTime() + all.toNanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[8_192];
        try (InputStream in = connection.getInputStream()) {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                bytes.write(part, 0, count);
                if (bytes.size() > MOST_BYTES) {
                    throw new IOException("more than " + MOST_BYTES + " bytes");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("takes more than " + all.toSeconds() + " s");
                }
            }
        }
        return new Resource(bytes.toString(UTF_8), "application/jwk-set+json");
    }
}
