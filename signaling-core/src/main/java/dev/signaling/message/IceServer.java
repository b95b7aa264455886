package dev.signaling.message;

import java.util.List;
import java.util.Optional;

/**
 * One STUN or TURN server, or several that take the same credential: what a page hands to its {@code RTCPeerConnection}
 * (W3C WebRTC, {@code RTCIceServer}).
 *
 * @param urls where it is, in lower case: of STUN (RFC 7064), such as {@code stun:stun.example.com:3478}, or of TURN (RFC
 *     7065), such as {@code turns:turn.example.com:443?transport=tcp}, and not of both; 1 to {@value #MOST_URLS}. A host is
 *     a name in ASCII, an address of IPv4, or one of IPv6 in brackets
 * @param username who the page is to a TURN server, 1 to {@value #LONGEST_NAME} characters; empty for STUN
 * @param credential the password to that, as many; empty for STUN. Belongs in no log
 */
public record IceServer(List<String> urls, Optional<String> username, Optional<String> credential) {

    /** The greatest number of URLs of one server. */
    public static final int MOST_URLS = 16;

    /**
     * The greatest number of characters of a user name and of a credential. RFC 8489, section 14.3, has a user name of
     * fewer than 509 bytes.
     */
    public static final int LONGEST_NAME = 508;

    /**
     * Checks the server, and takes a copy of its URLs.
     *
     * @throws IllegalArgumentException if a URL is none, if there is none or are too many, if they are of STUN and TURN, or
     *     if the user name and the credential are not as they have to be. The words tell no credential
     */
    public IceServer {
        if (urls.isEmpty() || urls.size() > MOST_URLS) {
            throw new IllegalArgumentException("an ICE server has 1 to " + MOST_URLS + " URLs, not " + urls.size());
        }
        urls = urls.stream().map(IceUrl::checked).toList();
        boolean isTurn = IceUrl.isTurn(urls.get(0));
        if (!urls.stream().allMatch(url -> IceUrl.isTurn(url) == isTurn)) {
            throw new IllegalArgumentException("the URLs of one ICE server are all STUN's or all TURN's: " + urls);
        }
        if (isTurn != username.isPresent() || isTurn != credential.isPresent()) {
            throw new IllegalArgumentException(
                    isTurn
                            ? "a TURN server needs a user name and a credential: " + urls
                            : "a STUN server has neither a user name nor a credential: " + urls);
        }
        username.ifPresent(name -> Names.require("the user name", name, LONGEST_NAME));
        credential.ifPresent(secret -> Names.require("the credential", secret, LONGEST_NAME));
    }

    /**
     * A server that tells a page where it is seen from.
     *
     * @throws IllegalArgumentException if a URL is none of STUN's
     */
    public static IceServer stun(String... urls) {
        return new IceServer(List.of(urls), Optional.empty(), Optional.empty());
    }

    /**
     * A server that relays for a page that shows this user name and credential.
     *
     * @throws IllegalArgumentException if a URL is none of TURN's, or the other two are empty or too long
     */
    public static IceServer turn(String username, String credential, String... urls) {
        return new IceServer(List.of(urls), Optional.of(username), Optional.of(credential));
    }

    /** Tells where it is, and neither the user name, which may be a person's, nor the credential. */
    @Override
    public String toString() {
        return "IceServer" + urls;
    }
}
