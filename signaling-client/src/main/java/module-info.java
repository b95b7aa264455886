/**
 * The browser's half of the signaling: {@code META-INF/resources/signaling/signal-server.js} and its type declarations,
 * which a servlet container serves at {@code /signaling/} as soon as this module's jar is among the application's libraries.
 * There is no Java in it.
 */
module dev.signaling.client {}
