package dev.signaling.conformance;

import java.util.List;

/** Part 2 of PROTOCOL.md: which rule is checked by what. */
final class V1Rules {

    static final List<Rule> ALL = List.of(
            Rule.of(
                            "V1",
                            "the subprotocol is agreed upon",
                            Opening::v1AgreesToTheFirstThatItKnows,
                            Opening::v1LetsNobodyInWhoSpeaksOtherFormats)
                    .leavingOpen("for clients: ask for signaling.v1"),
            Rule.of(
                    "V2",
                    "the server speaks first, and tells all",
                    Opening::v2TellsAllThatAClientNeeds,
                    Opening::v2GivesNoIdTwice,
                    Opening::v2NeedNotBeWaitedFor),
            Rule.of("V3", "a message is one JSON object", Texts::v3RefusesWhatIsNoObject),
            Rule.of(
                            "V4",
                            "types of a client's messages",
                            Texts::v4RefusesTypesThatAClientHasNot,
                            Texts::v4IgnoresFieldsThatATypeHasNot)
                    .leavingOpen("for clients: ignore types and codes that they do not know, but count them"),
            Rule.of("V5", "ids are repeated", Texts::v5RepeatsTheId, Texts::v5RefusesAnIdThatIsNone),
            Rule.of("V6", "fields have the values they can have", Texts::v6RefusesValuesThatAFieldCannotHave),
            Rule.of("V7", "a join tells who is there", Channels::v7TellsWhoIsThere)
                    .leavingOpen("not seen: tokens, which hang on the host's policy"),
            Rule.of("V8", "role and meta", Channels::v8CarriesRoleAndMeta, Channels::v8HoldsMetaToItsLimit),
            Rule.of("V9", "several channels", Channels::v9RefusesOneChannelTooMany, Channels::v9RefusesToJoinTwice),
            Rule.of(
                    "V10",
                    "the others hear of a new member",
                    Channels::v10TellsTheOthersOfANewMember,
                    Channels::v10LetsOneOfTwoSeeTheOther),
            Rule.of("V11", "leaving", Channels::v11TellsTheOthersWhoLeft),
            Rule.of("V12", "why a member is gone", Channels::v12TellsWhy)
                    .patiently(Silence::v12TellsOfLostPeersInTime)
                    .leavingOpen("not seen: replaced, which hangs on the host's policy"),
            Rule.of(
                    "V13",
                    "signals reach all others as they are",
                    Relaying::v13CarriesAnyValueAsItIs,
                    Relaying::v13ReachesNeitherTheSenderNorAnybodyOutside,
                    Relaying::v13SaysItselfWhoSent),
            Rule.of(
                            "V14",
                            "signals to one member",
                            Relaying::v14ReachesOneMemberOnly,
                            Relaying::v14RefusesWhoIsNotThere)
                    .leavingOpen("not seen: not-allowed, which hangs on the host's policy"),
            Rule.of("V15", "no signals from outside", Relaying::v15RefusesSignalsFromOutside),
            Rule.of("V16", "one order, nothing lost", Relaying::v16KeepsTheOrder, Crowd::v16LosesNothingUnderLoad),
            Rule.of("V17", "both formats in one channel", Relaying::v17LetsBothFormatsMeet),
            Rule.of("V18", "ping and pong", Counting::v18AnswersAPing, Counting::v18RefusesMoreThanWasSent)
                    .leavingOpen("for clients: ping every heartbeat, and take an unanswered ping for a loss"),
            Rule.of(
                    "V19",
                    "both sides count",
                    Counting::v19CountsWhatItRefusesToo,
                    Counting::v19LeavesOutWhatDoesNotCount),
            Rule.of("V20", "what is not confirmed is kept", Counting::v20KeepsWhatIsNotConfirmed)
                    .leavingOpen("for clients: keep what is not confirmed, within bounds"),
            Rule.of(
                            "V21",
                            "a lost peer is waited for",
                            Resumption::v21EndsAPeerThatSaysGoodbye,
                            Resumption::v21KeepsALostPeersPlace)
                    .patiently(Silence::v21WaitsForTheGracePeriod)
                    .leavingOpen("for clients: end by 1000, 1001 or 3000 to 4999"),
            Rule.of(
                            "V22",
                            "coming back, nothing lost or doubled",
                            Resumption::v22LosesNothingWhileItIsAway,
                            Resumption::v22GetsEverythingOnce,
                            Resumption::v22MayBeTriedAgain)
                    .leavingOpen("for clients: say nothing before the answer to resume"),
            Rule.of(
                            "V23",
                            "tokens",
                            Tokens::v23RefusesAWrongToken,
                            Tokens::v23RefusesAUsedToken,
                            Tokens::v23RefusesCountsThatDoNotFit,
                            Tokens::v23RefusesWhatIsNotTheFirstMessage)
                    .leavingOpen("for clients: keep the token to themselves"),
            Rule.of("V24", "too much to keep", Resumption::v24SaysWhenTooMuchWasToBeKept),
            Rule.of(
                    "V25",
                    "the later connection wins",
                    Resumption::v25LetsTheLaterConnectionWin,
                    Resumption::v25RefusesTheEarlierOneThatComesLate),
            Rule.of("V26", "a fresh start after a failure", Counting::v26BeginsAnewAfterAFailure)
                    .leavingOpen("for clients: count from 0, and send nothing again that may have arrived"),
            Rule.of("V27", "a refusal is answered", Texts::v27AnswersWithTheId),
            Rule.of(
                    "V28",
                    "limits",
                    Sizes::v28RefusesWhatIsTooLargeAndCountsIt,
                    Floods::v28AnswersOnlyTheFirstAndCountsAll),
            Rule.of("V29", "a server that stops says so").unchecked("the server would have to be stopped"),
            Rule.of("V30", "tokens among the subprotocols", Access::v30AgreesToTheFormatAlone)
                    .leavingOpen("not seen: what a token is good for, which hangs on the host"),
            Rule.of("V31", "a new token is answered", Access::v31AnswersANewToken)
                    .leavingOpen("not seen: which tokens are taken, and what they allow, which hangs on the host"),
            Rule.of("V32", "a token that ends").unchecked("it hangs on the host which token ends, and when"),
            Rule.of("V33", "ICE servers with the first message", IceTold::v33TellsThemFirst)
                    .leavingOpen("for clients: keep credentials to themselves"),
            Rule.of("V34", "ICE servers for who asks", IceTold::v34TellsWhoAsks),
            Rule.of(
                            "V35",
                            "fresh ICE servers in time, and for who comes back",
                            IceTold::v35CountsNeitherSide,
                            IceTold::v35TellsFreshOnesToWhoComesBack)
                    .patiently(IceTold::v35TellsFreshOnesInTime)
                    .leavingOpen("for clients: hand them to the connections that they have"));

    private V1Rules() {}
}
