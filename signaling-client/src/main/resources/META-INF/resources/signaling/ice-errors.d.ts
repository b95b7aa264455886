/** What a browser tells of a server that did not help, as an `icecandidateerror` does. */
export interface IceError {
  /** The server's answer, or 701 if there was none. */
  errorCode: number;
  errorText?: string;
  url?: string;
}

/** What one `icecandidateerror` means, in words that a person can act on. */
export declare function iceErrorWords(error: IceError): string;

/** What several of them, at least one, mean together: the worst that somebody can do something about. */
export declare function worstWords(errors: IceError[]): string;

/** Whether a server did not take the credential. */
export declare function isRefusal(code: number): boolean;
