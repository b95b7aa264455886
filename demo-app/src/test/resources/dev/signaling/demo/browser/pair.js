// The candidates at both ends of the way that the latest connection has found.
async () => {
  const { connections } = globalThis[Symbol.for('recorded')];
  const reports = [...(await connections.at(-1).getStats()).values()];
  const { selectedCandidatePairId } = reports.find(({ type }) => type === 'transport') ?? {};
  const pair = reports.find(
    ({ type, id, selected }) => type === 'candidate-pair' && (id === selectedCandidatePairId || selected === true),
  );
  const end = (wanted) => {
    const { candidateType = '', relayProtocol = '' } = reports.find(({ id }) => id === wanted) ?? {};
    return { type: candidateType, transport: relayProtocol };
  };
  return { local: end(pair?.localCandidateId), remote: end(pair?.remoteCandidateId) };
}
