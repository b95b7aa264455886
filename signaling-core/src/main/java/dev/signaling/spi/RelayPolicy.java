package dev.signaling.spi;

import dev.signaling.message.ChannelName;
import dev.signaling.message.Member;
import dev.signaling.message.Role;
import java.util.Optional;

/**
 * Decides who may join a channel and who may hear whom.
 *
 * <p>Called on the thread that brought the peer's message, by many threads at once, without a lock held. It must not
 * block for long: the peer's next messages wait, and so does the container's thread. A policy that throws, or returns null,
 * has refused.
 */
public interface RelayPolicy {

    /**
     * May this peer join this channel as what it says it is? Capacity is not its concern.
     *
     * @param token what the peer shows to be let in; empty if it shows nothing. Belongs in no log
     * @param identity who the peer is to the host; anonymous if the host did not say
     */
    Admission admit(ChannelName channel, Member candidate, Optional<String> token, Identity identity);

    /** Who may hear what this member sends to this channel? A signal to one peer also needs that peer in there. */
    Audience audience(ChannelName channel, Member sender, Identity identity);

    /** Everybody may join and everybody hears everybody else. */
    static RelayPolicy everyoneToEveryone() {
        return EveryoneToEveryone.POLICY;
    }

    /**
     * One {@link Role#STREAMER} in a channel and any number of others, its viewers. The streamer is heard by all of
     * them, and they by it alone: viewers neither see each other's addresses nor can offer each other anything. A second
     * streamer is refused ({@link dev.signaling.message.ErrorCode#ROLE_TAKEN}) as long as the first one is there.
     *
     * <p>For formats whose clients name their role. In the tutorial's nobody does, so there nobody would be heard.
     */
    static RelayPolicy oneToMany() {
        return OneToMany.FIRST_STAYS;
    }

    /**
     * As {@link #oneToMany()}, but for a second streamer, who takes over: the first one is removed from the channel in the
     * same moment ({@link dev.signaling.message.LeaveReason#REPLACED}). For streamers that come back from a crash, or from
     * another device, before the server has noticed that they are gone.
     */
    static RelayPolicy oneToManyWithTakeover() {
        return OneToMany.LAST_TAKES_OVER;
    }
}
