package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A channel's one sequence of events, as somebody heard it who was there from the beginning, said nothing and stayed:
 * from it follows, event by event, what everybody else must have heard. Every membership has a peer id of its own here.
 */
final class ChannelHistory {

    private final Map<PeerId, List<ServerMessage>> expected = new HashMap<>();
    private int most = 1;

    /** Reads the history from what the witness has heard, its own joining first. */
    ChannelHistory(ChannelName channel, Member witness, List<ServerMessage> heard) {
        Map<PeerId, Member> present = new LinkedHashMap<>(Map.of(witness.peer(), witness));
        assertEquals(new ServerMessage.JoinedChannel(channel, witness, List.of(), Optional.empty()), heard.get(0));
        for (ServerMessage event : heard.subList(1, heard.size())) {
            if (event instanceof ServerMessage.PeerJoined joined) {
                Member member = joined.member();
                List<Member> others = List.copyOf(present.values());
                assertTrue(present.put(member.peer(), member) == null, () -> member.peer() + " has joined twice");
                tell(present, member.peer(), event);
                List<ServerMessage> own = new ArrayList<>();
                own.add(new ServerMessage.JoinedChannel(channel, member, others, Optional.empty()));
                assertTrue(expected.put(member.peer(), own) == null, () -> member.peer() + " has joined again");
                most = Math.max(most, present.size());
            } else if (event instanceof ServerMessage.PeerLeft left) {
                assertTrue(present.remove(left.peer()) != null, () -> left.peer() + " has left without being there");
                tell(present, left.peer(), event);
                // who did not go of its own accord is told why
                LeaveReason told = left.reason() == LeaveReason.REPLACED ? LeaveReason.REPLACED : LeaveReason.LEFT;
                expectedBy(left.peer()).add(new ServerMessage.LeftChannel(channel, told, Optional.empty()));
            } else if (event instanceof ServerMessage.Signal signal) {
                assertTrue(present.containsKey(signal.from()), () -> signal.from() + " speaks without being there");
                tell(present, signal.from(), event);
            } else {
                throw new AssertionError("the witness heard what is not for it: " + event);
            }
        }
    }

    private void tell(Map<PeerId, Member> present, PeerId cause, ServerMessage event) {
        for (PeerId peer : present.keySet()) {
            if (!peer.equals(cause) && expected.containsKey(peer)) {
                expectedBy(peer).add(event);
            }
        }
    }

    /** What that peer must have heard; nothing if it was never there. */
    List<ServerMessage> expectedBy(PeerId peer) {
        return expected.getOrDefault(peer, List.of());
    }

    /** The greatest number of members that were there at a time, the witness included. */
    int most() {
        return most;
    }
}
