package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    private static InetAddress address(String text) {
        return Network.address(text).orElseThrow(() -> new AssertionError(text));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::1, 0:0:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void readsAnAddress(String text, String expected) {
        assertEquals(expected, address(text).getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "cafe",
                "127.1",
                "2130706433",
                "256.0.0.1",
                "192.0.2.07",
                "192.0.2.7:80",
                "192.0.2",
                "1.2.3.4.5",
                "[192.0.2.7]",
                "[]",
                "::1%",
                "1:2:3",
                ":::",
                "::g",
                "[::1",
                "unknown",
                "_hidden"
            })
    void looksUpNoNameAndGuessesNothing(String text) {
        assertEquals(Optional.empty(), Network.address(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.0/8, ::ffff:10.1.1.1, true"
    })
    void containsWhatBeginsAlike(String network, String address, boolean contains) {
        assertEquals(contains, Network.of(network).contains(address(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "proxy.example", "/8"})
    void aNetworkIsNothingElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> Network.of(text));
    }

    @Test
    void aCustomerHasAnAddressOfIpv4OrANetworkOfIpv6() {
        assertEquals(Network.of("192.0.2.7"), Network.ofCustomer(address("192.0.2.7")));
        assertEquals(Network.of("2001:db8:1:2::/64"), Network.ofCustomer(address("2001:db8:1:2:3:4:5:6")));
        assertEquals(Network.of("2001:db8:1:2::/64"), Network.ofCustomer(address("2001:db8:1:2:ffff::1")));
        assertEquals("2001:db8:1:2:0:0:0:0/64", Network.of("2001:db8:1:2::/64").toString());
        assertEquals("192.0.2.7", Network.of("192.0.2.7").toString());
    }
}
