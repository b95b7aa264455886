package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.spi.Dialect;
import dev.signaling.testkit.FaultyDialect.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.Events;

/** The contract passes a dialect that is right and fails one that is not, in the test that is named for it. */
final class DialectContractTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void catches(Fault fault) {
        assertTrue(PlantedFaults.catches(Planted.class, fault.caughtBy(), fault), fault.caughtBy());
    }

    @Test
    void passesTheSameDialectWithoutAFault() {
        Events tests = PlantedFaults.run(Planted.class, Fault.NONE);
        assertEquals(List.of(), PlantedFaults.failed(tests));
        assertEquals(
                DialectContract.class.getMethods().length - 5, tests.succeeded().count());
    }

    /** Run by the tests above, once for each fault. */
    @ExtendWith(PlantedFaults.class)
    static final class Planted implements DialectContract {

        private final Dialect dialect;

        Planted(Fault fault) {
            dialect = new FaultyDialect(fault);
        }

        @Override
        public Dialect dialect() {
            return dialect;
        }

        @Override
        public Map<String, ClientMessage> wellFormed() {
            String offer = "{\"type\":\"offer\",\"sdp\":\"v=0\"}";
            return Map.of(
                    "{\"type\":\"join\",\"channel\":\"one\"}",
                    new ClientMessage.JoinChannel(
                            new ChannelName("one"), Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()),
                    offer,
                    new ClientMessage.Signal(Optional.empty(), Optional.empty(), new Payload(offer), Optional.empty()));
        }

        @Override
        public Map<String, ErrorCode> malformed() {
            return Map.of(
                    "{\"type\":\"left\"}", ErrorCode.UNKNOWN_TYPE, "{\"type\":\"join\"}", ErrorCode.INVALID_CHANNEL);
        }

        @Override
        public String joinText(String channelValue) {
            return "{\"type\":\"join\",\"channel\":" + channelValue + "}";
        }

        @Override
        public String signalText(String value) {
            return "{\"type\":\"offer\",\"sdp\":" + value + "}";
        }
    }
}
