import type { Facts } from './facts.ts';
import { type PostfixVersion, parsePostfixVersion } from './postfix-version.ts';

/** Postfix of each release, for a server whose package lists are missing. */
const versionOfRelease: Record< string, PostfixVersion > = {
	'debian 11': [ 3, 5 ],
	'debian 12': [ 3, 7 ],
	'debian 13': [ 3, 10 ],
	'ubuntu 22.04': [ 3, 6 ],
	'ubuntu 24.04': [ 3, 8 ],
	'ubuntu 26.04': [ 3, 10 ],
};

/** The version main.cf is rendered for: installed, else what would be installed, else what the release carries. */
export function renderedVersion( facts: Pick< Facts, 'postfixVersion' | 'candidate' | 'system' > ): PostfixVersion {
	return (
		parsePostfixVersion( facts.postfixVersion ) ??
		parsePostfixVersion( facts.candidate ) ??
		versionOfRelease[ `${ facts.system.id } ${ facts.system.versionId }` ] ?? [ 3, 5 ]
	);
}
