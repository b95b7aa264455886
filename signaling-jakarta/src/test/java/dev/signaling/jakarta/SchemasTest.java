package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Holds the schemas and asyncapi.yaml against the golden files, the code and each other. */
class SchemasTest {

    /** What is refused for what the server knows and no schema can. */
    private static final Set<String> NEEDS_THE_SERVER = Set.of(
            "malformed-message", "not-joined", "already-joined", "peer-not-found", "resume-failed", "unknown-type");

    /** As well. */
    private static final Set<String> OVER_WHAT_THE_SERVER_ALLOWS = Set.of(
            "V7-join-channel-channel-over-the-hosts-limit.invalid-channel",
            "V8-meta-too-long.invalid-field",
            "V18-received-more-than-sent.invalid-field");

    @Test
    void everyGoldenFileFits() {
        assertAll(
                Stream.concat(fits(GoldenFiles.tutorial(), Schemas.tutorial()), fits(GoldenFiles.v1(), Schemas.v1())));
    }

    private static Stream<Executable> fits(Map<String, String> golden, Schemas schemas) {
        return golden.entrySet().stream()
                .filter(file -> !file.getKey().contains("."))
                .map(file -> () -> {
                    List<String> asClients = schemas.faultsFromClient(file.getValue());
                    List<String> asServers = schemas.faultsFromServer(file.getValue());
                    assertTrue(
                            asClients.isEmpty() || asServers.isEmpty(),
                            () -> file.getKey() + ": " + asClients + " or " + asServers);
                });
    }

    @Test
    void noBadGoldenFileOfV1FitsUnlessOnlyTheServerCanTell() {
        assertAll(GoldenFiles.v1().entrySet().stream()
                .filter(file -> file.getKey().contains("."))
                .filter(file -> !NEEDS_THE_SERVER.contains(
                        GoldenFiles.code(file.getKey()).orElseThrow()))
                .filter(file -> !OVER_WHAT_THE_SERVER_ALLOWS.contains(file.getKey()))
                .map(file -> () -> assertFalse(
                        Schemas.v1().faultsFromClient(file.getValue()).isEmpty(), file.getKey())));
    }

    /** What is made of the schemas is wrong to them, too, and what is not is not. */
    @Test
    void tellTheTextsWithAFaultFromThoseWithout() {
        assertAll(Stream.of(Schemas.v1(), Schemas.tutorial()).flatMap(schemas -> {
            Map<String, String> golden = schemas.relays() ? GoldenFiles.tutorial() : GoldenFiles.v1();
            Stream<Executable> bad = SchemaFaults.of(schemas, golden).stream()
                    .filter(text -> !text.code().equals("malformed-message"))
                    .map(text -> () ->
                            assertFalse(schemas.faultsFromClient(text.text()).isEmpty(), text::toString));
            Stream<Executable> good = SchemaFaults.none(schemas, golden).stream()
                    .map(text -> () -> assertEquals(List.of(), schemas.faultsFromClient(text), text));
            return Stream.concat(bad, good);
        }));
    }

    @Test
    void haveTheFieldsOfTheProtocolAndNoOthers() {
        assertEquals(ProtocolFields.all(Schemas.v1().fromClient().keySet()), SchemaFaults.fields(Schemas.v1()));
    }

    /** If they let everything pass, the tests above would show nothing. */
    @Test
    void noticeWhatIsWrong() {
        Schemas v1 = Schemas.v1();
        assertEquals(List.of(), v1.faultsFromServer("{\"type\":\"pong\",\"received\":0}"));
        assertFalse(v1.faultsFromServer("{\"type\":\"pong\"}").isEmpty());
        assertFalse(v1.faultsFromServer("{\"type\":\"pong\",\"received\":0,\"more\":1}")
                .isEmpty());
        assertFalse(v1.faultsFromServer("{\"type\":\"ping\"}").isEmpty());
        assertFalse(v1.faultsFromServer("{\"type\":\"error\",\"code\":\"wrong\",\"detail\":\"x\"}")
                .isEmpty());
        assertFalse(Schemas.tutorial().faultsFromServer("{\"type\":1}").isEmpty());
    }

    @Test
    void haveTheCodesOfTheCode() throws IOException {
        JsonNode definitions = new ObjectMapper()
                .readTree(Schemas.DOCS.resolve("schemas/definitions.json").toFile())
                .path("$defs");
        assertEquals(
                Stream.of(ErrorCode.values()).map(ErrorCode::code).toList(),
                texts(definitions.path("errorCode").path("enum"), JsonNode::asText));
        assertEquals(
                Stream.of(LeaveReason.values()).map(LeaveReason::code).toList(),
                texts(definitions.path("leaveReason").path("enum"), JsonNode::asText));
    }

    @Test
    void areAllNamedByAsyncApiOnceAndNoOthers() throws IOException {
        JsonNode api = asyncApi();
        List<String> named = new ArrayList<>();
        for (JsonNode channel : api.path("channels")) {
            for (JsonNode message : channel.path("messages")) {
                String ref = message.path("payload").path("schema").path("$ref").asText();
                assertTrue(ref.endsWith("/" + message.path("name").asText() + ".json"), ref);
                named.add(ref);
            }
        }
        Path directory = Schemas.DOCS.resolve("schemas");
        try (Stream<Path> files = Files.walk(directory)) {
            Set<String> existing = files.filter(Files::isRegularFile)
                    .map(file -> Schemas.DOCS.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.endsWith("definitions.json"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(existing, new TreeSet<>(named));
        }
        assertEquals(named.size(), new TreeSet<>(named).size());
    }

    @Test
    void asyncApiHasAnOperationForEveryMessageOfEachDirection() throws IOException {
        JsonNode api = asyncApi();
        assertEquals("3.0.0", api.path("asyncapi").asText());
        Set<String> expected = new TreeSet<>();
        for (Map.Entry<String, JsonNode> channel : api.path("channels").properties()) {
            for (Map.Entry<String, JsonNode> message :
                    channel.getValue().path("messages").properties()) {
                String action = message.getKey().startsWith("client") ? "receive" : "send";
                expected.add(action + " #/channels/" + channel.getKey() + "/messages/" + message.getKey());
            }
        }
        Set<String> operated = new TreeSet<>();
        for (JsonNode operation : api.path("operations")) {
            String channel = operation.path("channel").path("$ref").asText();
            for (JsonNode message : operation.path("messages")) {
                String ref = message.path("$ref").asText();
                assertTrue(ref.startsWith(channel + "/"), ref);
                operated.add(operation.path("action").asText() + " " + ref);
            }
        }
        assertEquals(expected, operated);
        assertEquals(
                Schemas.v1().fromClient().size()
                        + Schemas.v1().fromServer().size()
                        + Schemas.tutorial().fromClient().size()
                        + Schemas.tutorial().fromServer().size(),
                operated.size());
    }

    @Test
    void asyncApiHasTheCloseCodesOfTheCode() throws IOException {
        Set<String> expected = Stream.of(CloseStatus.values())
                .filter(status -> status != CloseStatus.LOST) // of which there is no close frame
                .map(status -> status.code() + " " + status.reason())
                .collect(Collectors.toCollection(TreeSet::new));
        expected.addAll(List.of(
                "1008 " + Gate.ORIGIN_REFUSED,
                "1008 " + Gate.SUBPROTOCOL_REFUSED,
                "1008 " + Gate.AUTHENTICATION_REFUSED));
        List<String> named = texts(
                asyncApi().path("x-close-codes"),
                each -> each.path("code").asText() + " " + each.path("reason").asText());
        assertEquals(expected, new TreeSet<>(named));
        assertEquals(expected.size(), named.size());
    }

    private static JsonNode asyncApi() throws IOException {
        return new YAMLMapper().readTree(Schemas.DOCS.resolve("asyncapi.yaml").toFile());
    }

    private static List<String> texts(JsonNode array, Function<JsonNode, String> text) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(text.apply(each)));
        return texts;
    }
}
