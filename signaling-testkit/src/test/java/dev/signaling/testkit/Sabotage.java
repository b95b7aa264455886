package dev.signaling.testkit;

import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.Renewal;
import dev.signaling.spi.SignalingListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Counts the calls of all that is plugged into a hub, and has one of them fail: the one of that number in its place, or
 * it and all later ones of the same plug-in. Numbers are counted in each place by itself, since in which order a hub
 * looks after several peers is not said. Used by one thread at a time.
 */
final class Sabotage {

    /** How a call fails. */
    enum Way {
        THROWS,
        /** It does what it should, and then throws. */
        THROWS_LATE,
        /** It throws, and so does every later call of the same plug-in. */
        THROWS_FROM_THEN_ON,
        /** It does nothing and returns null. */
        NULL,
        /** The stage that it returns fails. */
        STAGE_FAILS,
        /** It does what it should, and then the stage that it returns fails. */
        STAGE_FAILS_LATE,
        /** The stage that it returns completes with null. */
        ANSWERS_NULL,
        /** It does nothing, and the stage that it returns never completes. */
        NEVER_ANSWERS;

        boolean isOfStages() {
            return this == STAGE_FAILS || this == STAGE_FAILS_LATE || this == ANSWERS_NULL || this == NEVER_ANSWERS;
        }

        boolean isPossibleAt(String place) {
            boolean isStore = place.startsWith("store.");
            return switch (this) {
                case THROWS, THROWS_LATE, THROWS_FROM_THEN_ON -> true;
                case NULL ->
                    isStore
                            || place.startsWith("policy.")
                            || place.startsWith("peerIds.")
                            || place.startsWith("renewal.")
                            || place.startsWith("iceServers.");
                default -> isStore;
            };
        }
    }

    private static final String CLOSE = "'s outbox.close";
    private static final String LAST_WORD = "'s outbox.closeBehindALastWord";

    private final String target;
    private final int strikesAt;
    private final Way way;
    private final Supplier<? extends Throwable> fault;
    private final List<String> places = new ArrayList<>();
    private boolean armed = true;
    private Optional<String> struck = Optional.empty();

    Sabotage(String target, int strikesAt, Way way, Supplier<? extends Throwable> fault) {
        this.target = target;
        this.strikesAt = strikesAt;
        this.way = way;
        this.fault = fault;
    }

    /** Counts and harms nothing. */
    static Sabotage none() {
        return new Sabotage("nowhere", 0, Way.THROWS, AssertionError::new);
    }

    /** Of all calls, in order: which plug-in, and which of its methods. */
    List<String> places() {
        return List.copyOf(places);
    }

    /** Where it has struck first; empty if it has not. */
    Optional<String> struck() {
        return struck;
    }

    @Override
    public String toString() {
        return way + " at " + target + " " + strikesAt;
    }

    boolean leavesTheStoreSilent() {
        return way == Way.NEVER_ANSWERS && struck.isPresent();
    }

    /** Whether nobody can say that this peer's outbox is closed: what was to close it has thrown, and whatever was next. */
    boolean mayLeaveOpen(String whose) {
        return struck.filter(place -> way == Way.THROWS_FROM_THEN_ON
                        ? place.startsWith(whose + "'s outbox.")
                        : place.equals(whose + CLOSE))
                .isPresent();
    }

    void arm(boolean on) {
        armed = on;
    }

    private boolean strikes(String place) {
        if (!armed) {
            return false;
        }
        places.add(place);
        if (struck.isPresent() && way == Way.THROWS_FROM_THEN_ON) {
            return plugin(place).equals(plugin(struck.get()));
        }
        if (place.equals(target) && Collections.frequency(places, target) == strikesAt) {
            struck = Optional.of(place);
            return true;
        }
        return false;
    }

    private static String plugin(String place) {
        return place.substring(0, place.indexOf('.'));
    }

    private <T> T at(String place, Supplier<T> call) {
        if (!strikes(place)) {
            return call.get();
        }
        if (way == Way.THROWS_LATE) {
            var unused = call.get();
        }
        if (way == Way.NULL) {
            return nothing();
        }
        throw Sabotage.<RuntimeException>unchecked(fault.get());
    }

    private void at(String place, Runnable call) {
        at(place, () -> {
            call.run();
            return true;
        });
    }

    private <T> CompletionStage<T> stageAt(String place, Supplier<CompletionStage<T>> call) {
        if (!way.isOfStages()) {
            return at(place, call);
        }
        if (!strikes(place)) {
            return call.get();
        }
        if (way == Way.STAGE_FAILS_LATE) {
            return call.get().thenCompose(done -> CompletableFuture.failedFuture(fault.get()));
        }
        return switch (way) {
            case STAGE_FAILS -> CompletableFuture.failedFuture(fault.get());
            case ANSWERS_NULL -> CompletableFuture.completedFuture(nothing());
            default -> new CompletableFuture<>();
        };
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a host's code may do all the same
    private static <T> T nothing() {
        return null;
    }

    /** A checked exception too, which a host's code in another language need not declare. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E unchecked(Throwable fault) throws E {
        throw (E) fault;
    }

    InstantSource around(InstantSource clock) {
        return () -> at("clock.instant", (Supplier<Instant>) clock::instant);
    }

    Supplier<PeerId> around(Supplier<PeerId> peerIds) {
        return () -> at("peerIds.get", peerIds);
    }

    IceServers around(IceServers iceServers) {
        return (identity, peer) -> at("iceServers.serversFor", () -> iceServers.serversFor(identity, peer));
    }

    RelayPolicy around(RelayPolicy policy) {
        return new RelayPolicy() {
            @Override
            public Admission admit(ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
                return at("policy.admit", () -> policy.admit(channel, candidate, token, identity));
            }

            @Override
            public Audience audience(ChannelName channel, Member sender, Identity identity) {
                return at("policy.audience", () -> policy.audience(channel, sender, identity));
            }
        };
    }

    Renewal aroundRenewal(Renewal renewal) {
        return (token, current) -> at("renewal.renew", () -> renewal.renew(token, current));
    }

    ChannelStore around(ChannelStore store) {
        return new ChannelStore() {
            @Override
            public CompletionStage<Entry> join(
                    ChannelName channel, Member member, Seating seating, Subscriber subscriber) {
                return stageAt("store.join", () -> store.join(channel, member, seating, subscriber));
            }

            @Override
            public CompletionStage<Boolean> leave(ChannelName channel, PeerId peer, LeaveReason reason) {
                return stageAt("store.leave", () -> store.leave(channel, peer, reason));
            }

            @Override
            public CompletionStage<Publication> publish(
                    ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
                return stageAt("store.publish", () -> store.publish(signal, to, audience));
            }
        };
    }

    /** One peer's: the others' outboxes are not the same plug-in. */
    Outbox around(Outbox outbox, String whose) {
        return new Outbox() {
            @Override
            public boolean offer(Delivery delivery) {
                return at(whose + "'s outbox.offer", () -> outbox.offer(delivery));
            }

            @Override
            public void close(CloseStatus status) {
                at(whose + CLOSE, () -> outbox.close(status));
            }

            @Override
            public void close(CloseStatus status, Delivery lastWord) {
                at(whose + LAST_WORD, () -> outbox.close(status, lastWord));
            }
        };
    }

    SignalingListener around(SignalingListener listener) {
        return new SignalingListener() {
            @Override
            public void connected(PeerId peer) {
                at("listener.connected", () -> listener.connected(peer));
            }

            @Override
            public void disconnected(PeerId peer, CloseStatus status) {
                at("listener.disconnected", () -> listener.disconnected(peer, status));
            }

            @Override
            public void suspended(PeerId peer) {
                at("listener.suspended", () -> listener.suspended(peer));
            }

            @Override
            public void resumed(PeerId peer, PeerId fresh) {
                at("listener.resumed", () -> listener.resumed(peer, fresh));
            }

            @Override
            public void joined(ChannelName channel, Member member) {
                at("listener.joined", () -> listener.joined(channel, member));
            }

            @Override
            public void left(ChannelName channel, PeerId peer, LeaveReason reason) {
                at("listener.left", () -> listener.left(channel, peer, reason));
            }

            @Override
            public void refused(PeerId peer, ErrorCode code, String detail) {
                at("listener.refused", () -> listener.refused(peer, code, detail));
            }

            @Override
            public void storeFailed(ChannelName channel, PeerId peer, Throwable failure) {
                at("listener.storeFailed", () -> listener.storeFailed(channel, peer, failure));
            }
        };
    }
}
