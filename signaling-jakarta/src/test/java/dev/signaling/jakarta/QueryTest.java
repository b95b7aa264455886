package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void isReadAsUtf8() {
        assertEquals(
                Map.of("name", List.of("Żółw 🐢"), "a b", List.of("1", "2")),
                Query.parameters("name=%C5%BB%C3%B3%C5%82w+%F0%9F%90%A2&a+b=1&a%20b=2"));
    }

    @Test
    void takesWhatIsNoPairAsItIs() {
        assertEquals(Map.of("", List.of("x")), Query.parameters("=x&&"));
        assertEquals(Map.of("token", List.of("")), Query.parameters("token"));
        assertEquals(Map.of("token", List.of("a=b")), Query.parameters("token=a=b"));
        assertEquals(Map.of("token", List.of("%zz", "%")), Query.parameters("token=%zz&token=%"));
        assertEquals(Map.of(), Query.parameters(""));
    }

    @Test
    void leavesWhatIsNotUtf8() {
        assertEquals(Map.of("name", List.of("J%FCrgen", "J%FBrgen")), Query.parameters("name=J%FCrgen&name=J%FBrgen"));
    }
}
