package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.message.Member;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;

/** How much a message takes up: about as many characters as it has when a dialect has written it down. */
final class Weight {

    /** What a message or a member has around its names and texts: rather too many than too few. */
    private static final long ENVELOPE = 64;

    /** What a client's message has besides its texts: it has up to four names and ids, and most are short. */
    private static final long NAMES = 4 * ENVELOPE;

    private Weight() {}

    static long of(Delivery delivery) {
        return of(delivery.message());
    }

    static long of(ServerMessage message) {
        if (message instanceof ServerMessage.Signal signal) {
            return in(signal.channel())
                    + signal.from().value().length()
                    + signal.data().text().length();
        } else if (message instanceof ServerMessage.JoinedChannel joined) {
            long characters = in(joined.channel()) + of(joined.member());
            for (Member other : joined.others()) {
                characters += of(other);
            }
            return characters;
        } else if (message instanceof ServerMessage.PeerJoined joined) {
            return in(joined.channel()) + of(joined.member());
        } else if (message instanceof ServerMessage.PeerLeft left) {
            return in(left.channel()) + left.peer().value().length();
        } else if (message instanceof ServerMessage.LeftChannel left) {
            return in(left.channel()) + ENVELOPE;
        } else if (message instanceof ServerMessage.FreshIceServers fresh) {
            return ENVELOPE + of(fresh.configuration());
        } else if (message instanceof ServerMessage.ConnectionEstablished established) {
            return 4 * ENVELOPE + established.iceServers().map(Weight::of).orElse(0L);
        } else if (message instanceof ServerMessage.Failure failure) {
            return 2 * ENVELOPE + failure.detail().length();
        }
        return 2 * ENVELOPE; // names and ids
    }

    static long of(ClientMessage message) {
        if (message instanceof ClientMessage.Signal signal) {
            return NAMES + signal.data().text().length();
        } else if (message instanceof ClientMessage.JoinChannel join) {
            return NAMES
                    + join.meta().text().length()
                    + join.token().map(String::length).orElse(0);
        } else if (message instanceof ClientMessage.RefreshToken refresh) {
            return NAMES + refresh.token().length();
        }
        return NAMES;
    }

    private static long in(ChannelName channel) {
        return ENVELOPE + channel.value().length();
    }

    private static long of(IceConfiguration configuration) {
        long characters = ENVELOPE;
        for (IceServer server : configuration.servers()) {
            characters += ENVELOPE
                    + server.username().map(String::length).orElse(0)
                    + server.credential().map(String::length).orElse(0);
            for (String url : server.urls()) {
                characters += url.length() + 3; // in quotes, and a comma
            }
        }
        return characters;
    }

    private static long of(Member member) {
        return ENVELOPE
                + member.peer().value().length()
                + member.role().value().length()
                + member.meta().text().length();
    }
}
