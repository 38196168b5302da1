/** The demo's channel: the simulator and the desk are told the same. */
export const CHANNEL = {
  id: '2000000001',
  botUserId: 'U00000000000000000000000000000001',
  secret: 'demo-channel-secret-00000000000001',
  accessToken: 'demo-channel-access-token',
};
