import type { WpCli } from './wp-cli.ts';

/** The post that stands for a server in WordPress: the known one while it exists, else a new one. Returns its id. */
export async function ensureServerPost(
	wp: WpCli,
	post: { knownId: number | undefined; title: string; author: string }
): Promise< number > {
	if ( post.knownId !== undefined && ( await isThere( wp, post.knownId ) ) ) {
		return post.knownId;
	}
	const author = ( await wp( [ 'user', 'get', post.author, '--field=ID' ] ) ).trim();
	const printed = await wp( [
		...[ 'post', 'create', '--post_type=email_gateway_server', '--post_status=publish', '--porcelain' ],
		...[ `--post_title=${ post.title }`, `--post_author=${ author }` ],
	] );
	return Number( printed.trim() );
}

async function isThere( wp: WpCli, id: number ): Promise< boolean > {
	const { code, stdout } = await wp.attempt( [ 'post', 'get', `${ id }`, '--field=post_status' ] );
	return code === 0 && stdout.trim() === 'publish';
}
