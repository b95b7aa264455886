package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.SignalingHub;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.ServerMessage;
import dev.signaling.message.ServerMessage.Resumption;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Terms;
import java.util.List;
import java.util.Optional;

/** A guest that can come back, and the token that it was told last. */
record Returner(SignalingHub hub, Guest guest, String token) {

    static Returner of(SignalingHub hub) {
        return of(hub, Identity.anonymous());
    }

    static Returner of(SignalingHub hub, Identity identity) {
        RecordingOutbox outbox = new RecordingOutbox();
        Guest guest = new Guest(hub.connect(outbox, Terms.RESUMABLE, identity).orElseThrow(), outbox);
        ServerMessage.ConnectionEstablished greeting = (ServerMessage.ConnectionEstablished) outbox.next();
        return new Returner(hub, guest, greeting.resumption().orElseThrow().token());
    }

    void lose() {
        guest.connection().disconnect(CloseStatus.LOST);
    }

    void resume(String shown, long received) {
        guest.connection().receive(new ClientMessage.Resume(shown, received, Optional.of("r")));
    }

    /** What it hears, but for the greeting that has to come first; its token is that of the greeting. */
    Returner greeted(Returner before, long received) {
        ServerMessage.ConnectionEstablished greeting =
                (ServerMessage.ConnectionEstablished) guest.outbox().next();
        Resumption resumption = greeting.resumption().orElseThrow();
        assertEquals(
                new ServerMessage.ConnectionEstablished(
                        before.guest.id(),
                        Optional.of(new Resumption(resumption.token(), true, received, Optional.empty())),
                        Optional.of("r")),
                greeting);
        assertEquals(before.guest.id(), guest.id());
        return new Returner(hub, guest, resumption.token());
    }

    /** Comes back over another connection: it has received so many, and is told that so many of its own have come. */
    Returner back(long received, long sent) {
        Returner again = of(hub);
        again.resume(token, received);
        return again.greeted(this, sent);
    }

    void assertRefused() {
        String detail = "the token is wrong, used or too old, or the count does not fit";
        assertEquals(
                List.of(new ServerMessage.Failure(ErrorCode.RESUME_FAILED, detail, Optional.of("r"))), guest.hears());
        assertEquals(Optional.empty(), guest.connection().ended());
    }
}
