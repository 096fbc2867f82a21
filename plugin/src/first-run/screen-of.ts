import { thisPage } from '../page.ts';

/** Address of the screen of a server. */
export const screenOf = ( serverId: number ): string =>
	new URL( `post.php?post=${ serverId }&action=edit`, new URL( thisPage().settingsUrl, window.location.href ) ).href;
