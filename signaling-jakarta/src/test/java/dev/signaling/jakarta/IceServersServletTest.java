package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.signaling.SignalingHub;
import dev.signaling.message.IceServer;
import dev.signaling.spi.IceServers;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IceServersServletTest {

    private final IceServersServlet servlet = new IceServersServlet(SignalingServer.of(SignalingHub.builder()
            .iceServers(IceServers.of(IceServer.stun("stun:h")))
            .build()));
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private void ask(String method) throws Exception {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getMethod()).thenReturn(method);
        when(request.getHeaderNames()).thenReturn(Collections.enumeration(List.of("Host")));
        when(request.getHeaders(anyString())).then(call -> Collections.enumeration(List.of("example.org")));
        when(request.getRemoteAddr()).thenReturn("192.0.2.7");
        when(response.getOutputStream()).thenReturn(new Sink());
        servlet.service(request, response);
    }

    @Test
    void writesTheAnswerDown() throws Exception {
        ask("GET");
        String json = "{\"iceServers\":[{\"urls\":[\"stun:h\"]}]}";
        assertEquals(json, body.toString(StandardCharsets.UTF_8));
        verify(response).setStatus(200);
        verify(response).setHeader("Cache-Control", "no-store");
        verify(response).setHeader("Content-Type", "application/json");
        verify(response).setContentLength(json.length());
    }

    @Test
    void writesNothingWhereThereIsNothing() throws Exception {
        ask("OPTIONS");
        verify(response).setStatus(204);
        verify(response, never()).getOutputStream();
    }

    @Test
    void answersEveryMethodItself() throws Exception {
        ask("TRACE");
        verify(response).setStatus(405);
    }

    private final class Sink extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new AssertionError("not asynchronous");
        }

        @Override
        public void write(int b) {
            body.write(b);
        }
    }
}
