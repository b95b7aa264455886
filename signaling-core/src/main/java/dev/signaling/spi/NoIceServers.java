package dev.signaling.spi;

import dev.signaling.message.IceConfiguration;
import dev.signaling.message.PeerId;
import java.util.Optional;

/** Nobody is told of any. */
enum NoIceServers implements IceServers {
    NONE;

    @Override
    public IceConfiguration serversFor(Identity identity, Optional<PeerId> peer) {
        return IceConfiguration.none();
    }
}
