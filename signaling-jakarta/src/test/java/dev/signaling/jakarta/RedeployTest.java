package dev.signaling.jakarta;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** An application that is undeployed leaves nothing behind: neither its classes nor a thread. */
@Tag("scenario")
class RedeployTest {

    @Test
    void tenTimesOverTheClassLoadersAreCollected() throws Exception {
        new Story().run(); // for Mockito, which keeps what it is first used by
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            loaders.add(deployAndUndeploy());
        }
        deployAndUndeploy(); // the JDK remembers whose record it compared last (ObjectMethods, asTypeCache)
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return loaders.stream().noneMatch(loader -> loader.get() != null);
        });
        assertEquals(List.of(), threads());
    }

    private static WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
        ClassLoader loader = new Application();
        Class<?> story = loader.loadClass(Story.class.getName());
        assertNotSame(Story.class, story);
        Runnable told = (Runnable) story.getDeclaredConstructor().newInstance();
        Thread thread = new Thread(told, "deployment"); // its own: Mockito leaves something in the thread's locals
        AtomicReference<Throwable> failure = new AtomicReference<>();
        thread.setUncaughtExceptionHandler((ignored, thrown) -> failure.set(thrown));
        thread.setContextClassLoader(loader);
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError("in the application", failure.get());
        }
        Mockito.framework().clearInlineMocks(); // whose answers refer to them
        return new WeakReference<>(loader);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("signaling-"))
                .toList();
    }

    /** What happens to the application while it is there: two peers meet, one is lost and one does not read. */
    public static final class Story implements Runnable {

        /** Made by reflection. */
        public Story() {}

        @Override
        public void run() {
            FakeContext context = new FakeContext();
            SignalingContextListener listener = context.deploy();
            SignalingServer server = context.server().orElseThrow();
            FakeSession ann = FakeSession.open(server, SignalingV1Dialect.SUBPROTOCOL);
            FakeSession bob = FakeSession.open(server);
            FakeSession stuck = FakeSession.open(server);
            for (FakeSession peer : List.of(ann, bob, stuck)) {
                peer.send("{\"type\":\"join-channel\",\"channel\":\"room\"}");
            }
            stuck.become(FakeSession.Sending.STUCK);
            bob.send("{\"type\":\"offer\",\"sdp\":\"v=0\"}");
            ann.endBy(1006, ""); // and is waited for
            listener.contextDestroyed(context.event());
            for (FakeSession peer : List.of(bob, stuck)) {
                if (!peer.ending().equals("1001 going-away")) {
                    throw new AssertionError(peer.ending());
                }
            }
            if (server.sessions() + server.hub().connections() > 0) {
                throw new AssertionError("somebody is left");
            }
        }
    }

    /** Has the classes of the project anew, as an application has that brings the jars. */
    private static final class Application extends ClassLoader {

        Application() {
            super(RedeployTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean isOwn = Stream.of("dev.signaling.", "org.eclipse.yasson.").anyMatch(name::startsWith);
            if (!isOwn) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
