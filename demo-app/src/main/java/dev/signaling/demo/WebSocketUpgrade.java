package dev.signaling.demo;

import dev.signaling.jakarta.OriginPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.Utils;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeStatus;

/**
 * Answers WebSocket handshakes among the requests of an HTTP server and hands the connection over to a {@link
 * WebSocketBridge}. Stands in for Tyrus's own {@code WebSocketAddOn}, whose connections stay in the HTTP server's chain of
 * filters: that costs more than the relaying itself.
 */
final class WebSocketUpgrade extends BaseFilter implements AddOn {

    private static final String VERSION = "13";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

    private final WebSocketEngine engine;
    private final OriginPolicy origins;
    private final int mostPayload;
    private volatile boolean goingAway;

    /** @param mostPayload the longest payload of a frame, in bytes; a longer one ends its connection with 1009 */
    WebSocketUpgrade(WebSocketEngine engine, OriginPolicy origins, int mostPayload) {
        this.engine = engine;
        this.origins = origins;
        this.mostPayload = mostPayload;
    }

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.add(chain.indexOfType(HttpServerFilter.class), this);
    }

    /** From now on, handshakes are answered with 503. */
    void goAway() {
        goingAway = true;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        HttpContent content = context.getMessage();
        HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
        if (!"websocket".equalsIgnoreCase(request.getUpgrade())) {
            return context.getInvokeAction();
        }
        if (goingAway) {
            return refuse(context, 503, "Service Unavailable");
        }
        if (!origins.allows(header(request, "Origin"), header(request, "Host"))) {
            return refuse(context, 403, "Forbidden");
        }
        Optional<RequestContext> handshake = isHandshake(request, content) ? handshake(request) : Optional.empty();
        if (handshake.isEmpty()) {
            return refuse(context, 400, "Bad Request");
        }
        TyrusUpgradeResponse answer = new TyrusUpgradeResponse();
        UpgradeInfo upgrade = engine.upgrade(handshake.get(), answer);
        if (upgrade.getStatus() == UpgradeStatus.NOT_APPLICABLE) {
            return refuse(context, 404, "Not Found");
        }
        if (upgrade.getStatus() != UpgradeStatus.SUCCESS) {
            // any fault of the request's is a 500 to Tyrus, apart from the version
            return answer.getStatus() == 426
                    ? refuse(context, 426, "Upgrade Required")
                    : refuse(context, 400, "Bad Request");
        }
        if (isRefused(request, answer)) {
            return refuse(context, 400, "Bad Request");
        }
        content.recycle();
        WebSocketBridge bridge = new WebSocketBridge((NIOConnection) context.getConnection(), mostPayload);
        bridge.open(upgrade, switchingProtocols(answer));
        return context.getStopAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        WebSocketBridge.of(context.getConnection()).ifPresent(WebSocketBridge::ended);
        return context.getInvokeAction();
    }

    /** Whether the client asked for subprotocols of which none is known here: nothing that it says would be understood. */
    private static boolean isRefused(HttpRequestPacket request, TyrusUpgradeResponse answer) {
        return header(request, "Sec-WebSocket-Protocol")
                        .filter(asked -> !asked.isBlank())
                        .isPresent()
                && answer.getFirstHeaderValue("Sec-WebSocket-Protocol") == null;
    }

    private static NextAction refuse(FilterChainContext context, int status, String reason) {
        HttpContent content = context.getMessage();
        HttpResponsePacket response = ((HttpRequestPacket) content.getHttpHeader()).getResponse();
        response.setProtocol(Protocol.HTTP_1_1);
        response.setStatus(status);
        response.setReasonPhrase(reason);
        response.setContentLength(0);
        response.setHeader("Connection", "close");
        if (status == 426) {
            response.setHeader("Sec-WebSocket-Version", VERSION); // RFC 6455, section 4.4
        }
        context.write(HttpContent.builder(response).build());
        content.recycle();
        context.getConnection().closeSilently(); // behind what has just been written
        return context.getStopAction();
    }

    private static Optional<String> header(HttpRequestPacket request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /**
     * Whether a request may be a handshake at all (RFC 6455, section 4.2.1), which Tyrus does not ask: a GET of HTTP/1.1 with
     * a key of 16 bytes, and nothing behind it, since a client has to wait for the answer before its first frame.
     */
    private static boolean isHandshake(HttpRequestPacket request, HttpContent content) {
        String key = Optional.ofNullable(request.getHeader("Sec-WebSocket-Key")).orElse("");
        return request.getMethod().equals(Method.GET)
                && request.getProtocol() == Protocol.HTTP_1_1
                && KEY.matcher(key).matches()
                && request.getHeader("Transfer-Encoding") == null
                && request.getContentLength() <= 0
                && !content.getContent().hasRemaining();
    }

    /** What Tyrus wants to know of a request; empty if its address is none. */
    private static Optional<RequestContext> handshake(HttpRequestPacket request) {
        String query = request.getQueryString();
        RequestContext context;
        try {
            // Tyrus puts both together itself, but not before it has agreed
            URI whole = new URI(query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query);
            context = RequestContext.Builder.create()
                    .requestURI(new URI(request.getRequestURI()))
                    .queryString(whole.getRawQuery())
                    .parameterMap(Map.of()) // this server's endpoints read the query themselves, if at all
                    .secure(request.isSecure())
                    .remoteAddr(request.getRemoteAddress())
                    .serverPort(request.getLocalPort())
                    .tyrusProperties(Map.of())
                    .build();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        for (String name : request.getHeaders().names()) {
            for (String value : request.getHeaders().values(name)) {
                List<String> values = context.getHeaders().get(name);
                if (values == null) {
                    context.getHeaders().put(name, Utils.parseHeaderValue(value.trim()));
                } else {
                    values.addAll(Utils.parseHeaderValue(value.trim()));
                }
            }
        }
        return Optional.of(context);
    }

    private static ByteBuffer switchingProtocols(TyrusUpgradeResponse answer) {
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        answer.getHeaders().forEach((name, values) -> head.append(name)
                .append(": ")
                .append(Utils.getHeaderFromList(values))
                .append("\r\n"));
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
