package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A channel as a witness knows it that was there from the beginning, says nothing and stays: from what it hears follows,
 * event by event, who is there and what everybody else has to hear.
 */
final class Room {

    final ChannelName name;
    final Line witness;
    private final Map<PeerId, Member> present = new LinkedHashMap<>();

    Room(ChannelName name, Line witness) {
        this.name = name;
        this.witness = witness;
    }

    int size() {
        return present.size();
    }

    boolean has(PeerId peer) {
        return present.containsKey(peer);
    }

    /** The witness itself comes in. */
    void open() {
        Member member = new Member(witness.person.id);
        present.put(member.peer(), member);
        witness.person.owe(new ServerMessage.JoinedChannel(name, member, List.of(), Optional.empty()));
    }

    /** Goes on with what the witness has heard: all of it is due to the others, too. */
    void follow(ServerMessage event, Map<PeerId, Person> persons, Map<ChannelName, Optional<String>> requests) {
        if (event instanceof ServerMessage.PeerJoined joined) {
            Member member = joined.member();
            List<Member> others = new ArrayList<>(present.values());
            Checks.that(present.put(member.peer(), member) == null, () -> member.peer() + " has joined twice");
            tell(event, member.peer(), persons);
            of(persons, member.peer())
                    .owe(new ServerMessage.JoinedChannel(
                            name, member, others, requests.getOrDefault(name, Optional.empty())));
        } else if (event instanceof ServerMessage.PeerLeft left) {
            Checks.that(present.remove(left.peer()) != null, () -> left.peer() + " was not there: " + event);
            tell(event, left.peer(), persons);
            if (left.reason() == LeaveReason.LEFT) {
                of(persons, left.peer())
                        .owe(new ServerMessage.LeftChannel(
                                name, LeaveReason.LEFT, requests.getOrDefault(name, Optional.empty())));
            }
        } else if (event instanceof ServerMessage.Signal signal) {
            Checks.that(present.containsKey(signal.from()), () -> "not from a member: " + event);
            tell(event, signal.from(), persons);
        } else {
            throw new AssertionError("the witness heard what is not for it: " + event);
        }
    }

    private void tell(ServerMessage event, PeerId cause, Map<PeerId, Person> persons) {
        for (PeerId peer : present.keySet()) {
            if (!peer.equals(cause)) {
                of(persons, peer).owe(event);
            }
        }
    }

    private static Person of(Map<PeerId, Person> persons, PeerId peer) {
        Person person = persons.get(peer);
        if (person == null) {
            throw new AssertionError("nobody has the id " + peer);
        }
        return person;
    }
}
