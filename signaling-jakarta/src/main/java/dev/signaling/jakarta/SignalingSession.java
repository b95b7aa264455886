package dev.signaling.jakarta;

import dev.signaling.Connection;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.AddressPlaces.Place;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.Identity;
import dev.signaling.spi.MalformedMessageException;
import dev.signaling.spi.Renewal;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One session of the container's and the hub's connection for it: texts go in here, and come out of the outbox. */
final class SignalingSession implements MessageHandler.Partial<String>, SessionTransport {

    /** A text this many times over the limit is not worth an answer. */
    private static final int GROSS = 4;

    private static final Logger LOGGER = System.getLogger(SignalingSession.class.getName());

    private final Session session;
    private final SignalingHub hub;
    private final Dialect dialect;
    private final Identity identity;
    private final Renewal renewal;
    private final Limits limits;
    private final Place place;
    private final FrameAllowance frames;
    private final SessionKeeper keeper;
    private final SessionOutbox outbox;
    private volatile Optional<Connection> connection = Optional.empty(); // until it is connected, and if it was refused
    private @Nullable StringBuilder parts; // of a text; used by the container alone, one call at a time
    private volatile @Nullable CloseStatus over;
    private volatile long begunSince; // of a text whose last part has not come; 0 if there is none
    private volatile long heard;
    private volatile long pinged;
    private volatile long closingSince; // 0 while it is not closing

    SignalingSession(Session session, SignalingServer server, Dialect dialect, Identity identity, Place place) {
        this.place = place;
        this.session = session;
        this.hub = server.hub();
        this.dialect = dialect;
        this.identity = identity;
        this.renewal = server.gate()::renew;
        this.limits = hub.limits();
        this.frames = new FrameAllowance(limits);
        this.keeper = server.keeper();
        this.outbox = new SessionOutbox(dialect, limits, this);
    }

    /** Counts silence from then on. */
    void beginAt(long now) {
        heard = now;
        pinged = now;
    }

    /**
     * Connects to the hub. To be called once, when the keeper and the endpoint know of this session: the first message goes
     * out before this returns, and if it fails the session is over at once.
     */
    void connect() {
        try {
            connection = hub.connect(outbox, dialect.terms(), identity, renewal);
        } catch (Throwable e) { // the dialect's
            disconnect(CloseStatus.INTERNAL_ERROR);
            LOGGER.log(Level.ERROR, "a session could not be connected", e);
            return;
        }
        CloseStatus status = over;
        if (status != null) {
            disconnect(status); // it was over before there was a connection to be told so
        }
    }

    /**
     * Takes a text as the container has it, in one part or in many. So the bound is ours: not all containers keep one of
     * their own for a message in many frames (RFC 6455, section 5.4), and each closes with a code of its own.
     */
    @Override
    public void onMessage(String part, boolean last) {
        heard = now();
        StringBuilder begun = parts;
        if (begun == null && last) {
            onText(part);
            return;
        }
        if (!last && part.length() < FrameAllowance.SHORT && !takeFrame()) {
            return;
        }
        StringBuilder text = begun == null ? new StringBuilder() : begun;
        if (part.length() >= grossCharacters(limits) - text.length()) {
            parts = null;
            disconnect(CloseStatus.MESSAGE_TOO_LARGE);
            return;
        }
        text.append(part);
        parts = last ? null : text;
        if (begun == null) {
            begunSince = now();
        } else if (last) {
            begunSince = 0;
        }
        if (last) {
            onText(text.toString());
        }
    }

    private void onText(String text) {
        Optional<Connection> connected = connection;
        if (connected.isEmpty()) {
            return;
        }
        Connection peer = connected.get();
        if (text.length() > limits.messageCharacters()) {
            refuseLarge(peer, text.length());
            return;
        }
        ClientMessage message;
        try {
            message = Objects.requireNonNull(dialect.decode(text), "no message");
        } catch (MalformedMessageException e) {
            peer.refuse(e.code(), e.detail(), e.id(), text.length());
            return;
        } catch (Throwable e) { // also what a dialect in another language need not declare
            peer.disconnect(CloseStatus.INTERNAL_ERROR);
            LOGGER.log(Level.ERROR, "a message of " + peer.peer() + " could not be read", e);
            return;
        }
        peer.receive(message, text.length());
    }

    /** From how many characters on a text ends the session. */
    static int grossCharacters(Limits limits) {
        return (int) Math.min(Integer.MAX_VALUE, (long) GROSS * limits.messageCharacters());
    }

    private void refuseLarge(Connection peer, int characters) {
        if (characters >= grossCharacters(limits)) {
            peer.disconnect(CloseStatus.MESSAGE_TOO_LARGE);
        } else {
            String detail = "the message has " + characters + " characters, the limit is " + limits.messageCharacters();
            peer.refuse(ErrorCode.MESSAGE_TOO_LARGE, detail, Optional.empty(), characters);
        }
    }

    /** A pong: somebody is there. */
    void onPong() {
        heard = now();
        takeFrame();
    }

    /** Counts a frame that ends no message; false if that is one too many, and the session over. */
    private boolean takeFrame() {
        boolean isLeft = frames.take(now());
        if (!isLeft) {
            parts = null;
            disconnect(CloseStatus.RATE_LIMITED);
        }
        return isLeft;
    }

    /** Signaling is text: a binary message ends the session. */
    void onBinary() {
        disconnect(CloseStatus.BINARY_MESSAGE);
    }

    /** The container's word that something failed; some say no more than this of a session that is over. */
    void onError(Throwable failure) {
        LOGGER.log(Level.DEBUG, "a session failed", failure);
        if (!session.isOpen()) {
            end(CloseStatus.LOST);
        }
    }

    /** The container's word that the session is over. */
    void onClose(CloseReason reason) {
        end(isLost(reason) ? CloseStatus.LOST : CloseStatus.GONE);
    }

    /**
     * Whether no close frame came, which containers report as 1006 (RFC 6455, section 7.1.5), Liberty as 1011, and Tyrus on
     * Grizzly now and then as 1001 with words of its own. What a client says of itself with its close frame is none of these:
     * a page that is left says 1001 without a word.
     */
    private static boolean isLost(CloseReason reason) {
        int code = reason.getCloseCode().getCode();
        return code == CloseCodes.CLOSED_ABNORMALLY.getCode()
                || code == CloseCodes.UNEXPECTED_CONDITION.getCode()
                || (code == CloseCodes.GOING_AWAY.getCode() && "Going away.".equals(reason.getReasonPhrase()));
    }

    private void end(CloseStatus status) {
        disconnect(status);
        keeper.forget(this);
    }

    /** Nobody looks after it any more. */
    void forgotten() {
        place.free();
    }

    void disconnect(CloseStatus how) {
        boolean isLost = how == CloseStatus.LOST && over == null;
        CloseStatus status = isLost && !place.mayComeBack() ? CloseStatus.GONE : how;
        over = status; // and then a look at the connection; connect() does it the other way round, so one sees the
        // other
        Optional<Connection> connected = connection;
        if (connected.isPresent()) {
            connected.get().disconnect(status);
        } else {
            outbox.close(status);
        }
    }

    /** Looks after deadlines. Called by the keeper, about once a second. */
    void tick(Liveness liveness, long now) {
        if (closingSince != 0) {
            if (now - closingSince > liveness.closeTimeout().toMillis()) {
                keeper.forget(this); // the container never says so of some that are gone
            }
        } else if (now - earliestAwaited() > liveness.timeout().toMillis()) {
            giveUp(CloseStatus.TIMED_OUT);
        } else if (outbox.sendingFor(now) > liveness.sendTimeout().toMillis()) {
            giveUp(CloseStatus.SLOW_CONSUMER);
        } else if (now - Math.max(heard, pinged) >= liveness.pingInterval().toMillis()) {
            pinged = now;
            outbox.ping();
        }
    }

    /** Since when something has been due: a word, or the end of a text that has begun, however many parts of it come. */
    private long earliestAwaited() {
        long begun = begunSince;
        return begun == 0 ? heard : Math.min(begun, heard);
    }

    /** Ends it at once, whatever is still to be sent. */
    void giveUp(CloseStatus status) {
        disconnect(status);
        if (closingSince == 0) {
            close(status); // its farewell was under way already, and never came to the end of its queue
        }
    }

    @Override
    public void send(Delivery delivery, Dialect form, SendHandler handler) {
        session.getAsyncRemote().sendText(delivery.as(form).orElseThrow(), handler);
    }

    @Override
    public void ping() {
        try {
            // not read-only: Liberty sends the array behind it
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (Throwable e) {
            broken();
            LOGGER.log(Level.DEBUG, "a ping could not be sent", e);
        }
    }

    @Override
    public void close(CloseStatus status) {
        if (closingSince == 0) {
            closingSince = now();
        }
        if (status != CloseStatus.GONE && status != CloseStatus.LOST) {
            keeper.close(() -> closeSession(status));
        }
    }

    private void closeSession(CloseStatus status) {
        try {
            session.close(new CloseReason(CloseCodes.getCloseCode(status.code()), status.reason()));
        } catch (Throwable e) {
            LOGGER.log(Level.DEBUG, "a session did not close cleanly", e);
        }
    }

    @Override
    public void broken() {
        disconnect(CloseStatus.LOST);
        keeper.close(() -> closeSession(CloseStatus.GONE)); // a code of its own for this must not be sent
    }

    @Override
    public long now() {
        return keeper.now();
    }
}
