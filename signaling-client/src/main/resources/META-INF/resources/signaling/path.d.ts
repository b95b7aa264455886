/** Which way media goes. */
export interface Path {
  /**
   * `same-network`; `direct`: between public addresses without a NAT, perhaps far apart; `through-nat`: straight from one to the
   * other through one NAT or more; `relayed`: by a TURN server; empty if there is no way.
   */
  readonly kind: 'same-network' | 'direct' | 'through-nat' | 'relayed' | '';
  /** On this end's side: to the other end, or to the TURN server. */
  readonly protocol: 'udp' | 'tcp' | 'tls' | '';
  /** The type of this end's candidate: `host`, `srflx`, `prflx` or `relay`. */
  readonly local: RTCIceCandidateType | '';
  /** That of the other end's. */
  readonly remote: RTCIceCandidateType | '';
}

/** The way that media goes right now, or went last if it is interrupted; all of it empty if there is none. */
export declare function pathOf(connection: RTCPeerConnection): Promise<Path>;
