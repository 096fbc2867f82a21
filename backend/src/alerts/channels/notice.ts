import type { Channel } from '../channel.ts';

/** WordPress asks for it: what is open is shown in wp-admin. Nothing is sent. */
export const notice: Channel< 'notice' > = {
	shown: () => '',
	send: async () => ( { answer: null } ),
};
