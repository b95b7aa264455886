package dev.signaling.conformance;

import java.util.List;

/** Part 1 of PROTOCOL.md: which rule is checked by what. */
final class TutorialRules {

    static final List<Rule> ALL = List.of(
            Rule.of("T1", "the server speaks first", Opening::t1GreetsFirst, Opening::t1GreetsWhileOthersAreHalfWay),
            Rule.of(
                    "T2",
                    "a message is one JSON object",
                    Texts::t2RefusesWhatIsNoObject,
                    Texts::t2TakesWhiteSpaceAndDepth),
            Rule.of("T3", "a message has a type", Texts::t3RefusesAMessageWithoutAType),
            Rule.of("T4", "nobody speaks in the server's name", Texts::t4LetsNobodySpeakInTheServersName),
            Rule.of("T5", "a join is answered", Joining::t5AnswersAJoin),
            Rule.of("T6", "names of channels", Joining::t6RefusesWhatIsNoName, Joining::t6TakesEveryNameAsItIs),
            Rule.of("T7", "one channel at a time", Joining::t7LeavesTheFirstChannel),
            Rule.of("T8", "joining twice", Joining::t8StaysInItsChannelOnce),
            Rule.of("T9", "a refused join changes nothing", Joining::t9LeavesNothingChangedByARefusedJoin)
                    .leavingOpen(
                            "not seen: role-taken and store-unavailable, which hang on the host's policy and store"),
            Rule.of("T10", "nobody hears who comes and goes", Joining::t10TellsNobodyWhoComesAndGoes),
            Rule.of(
                    "T11",
                    "texts reach all others as they are",
                    Relaying::t11CarriesEveryTextAsItIs,
                    Relaying::t11ReachesNeitherTheSenderNorAnybodyOutside),
            Rule.of(
                    "T12",
                    "one order, nothing lost",
                    Relaying::t12KeepsTheOrder,
                    Relaying::t12GivesANewMemberNothingFromBefore,
                    Crowd::t12LosesNothingUnderLoad),
            Rule.of("T13", "nothing is relayed from outside", Joining::t13RefusesToRelayFromOutside),
            Rule.of("T14", "a refusal is answered, and life goes on", Texts::t14AnswersAndGoesOn),
            Rule.of("T15", "unknown messages are ignored")
                    .forClients("clients ignore types, fields and codes that they do not know"),
            Rule.of(
                    "T16",
                    "large messages",
                    Sizes::t16TakesWhatIsWithinTheLimit,
                    Sizes::t16RefusesOneCharacterMore,
                    Sizes::t16ClosesOnAGrossOne),
            Rule.of(
                    "T17",
                    "too many messages at once, or characters",
                    Floods::t17AnswersTheFirstTooMany,
                    Floods::t17ClosesWhoGoesOn,
                    Floods::t17CountsCharacters),
            Rule.of("T18", "a full channel").patiently(Joining::t18RefusesOneTooMany),
            Rule.of("T19", "a connection that joins nothing is closed").patiently(Silence::t19ClosesWhoJoinsNothing),
            Rule.of(
                            "T20",
                            "binary, and text that is no UTF-8",
                            Sizes::t20ClosesOnBinary,
                            Sizes::t20ClosesOnWhatIsNoUtf8)
                    .leavingOpen("for clients: no binary messages"),
            Rule.of("T21", "a slow reader is closed, nobody waits", SlowReader::t21IsClosedAndHoldsNobodyUp),
            Rule.of("T22", "who is silent for too long is gone")
                    .patiently(
                            Silence::t22EndsWhoFellSilent,
                            Silence::t22KeepsWhoAnswersPings,
                            Silence::t22NoticesWhoVanished)
                    .leavingOpen("for clients: answer pings"),
            Rule.of("T23", "a server that stops says so").unchecked("the server would have to be stopped"),
            Rule.of("T24", "pages of other origins", Opening::t24LetsNoForeignPageIn, Opening::t24LetsAnAllowedPageIn),
            Rule.of("T25", "who comes back joins again", Opening::t25ForgetsTheChannelOfAConnectionThatEnded)
                    .leavingOpen("for clients: wait for a random and growing time before they come back"),
            Rule.of("T26", "tokens among the subprotocols", Access::t26SpeaksTheTutorialsFormat)
                    .leavingOpen("not seen: what a token is good for, which hangs on the host"),
            Rule.of("T27", "a token that ends").unchecked("it hangs on the host which token ends, and when"),
            Rule.of(
                            "T28",
                            "ICE servers over HTTP",
                            IceTold::t28TellsWhoMayConnect,
                            IceTold::t28TellsNoForeignPage,
                            IceTold::t28TakesNoOtherMethod)
                    .leavingOpen("not seen: whom the host does not let in, and how often an address may ask"));

    private TutorialRules() {}
}
