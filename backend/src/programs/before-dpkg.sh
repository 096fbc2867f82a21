# shellcheck shell=sh disable=SC2154
# Run by apt between the download and dpkg: keeps on disk what undo needs of what dpkg is about to do, or ends apt here.
# Argument: the folder of the job. Standard input (DPkg::Pre-Install-Pkgs, version 2): apt's configuration, an empty
# line, then one line for each step of dpkg: `name old-version < new-version FILE|**CONFIGURE**|**REMOVE**`, with `-` for
# a version that is not there. Should apt work in several passes, each is added.

steps=$run/steps

main() {
	: >"$run/fetched" || exit 1
	[ ! -e "$1/cancel" ] || exit 1
	IFS= read -r version || exit 1
	# another version would be read as if nothing was added
	[ "$version" = 'VERSION 2' ] || exit 1
	sed '1,/^$/d' >"$steps" && [ -s "$steps" ] || exit 1
	added_packages >>"$state/undo/added" || exit 1
	removed_packages >>"$state/undo/removed" || exit 1
	sync "$state/undo/added" "$state/undo/removed"
}

added_packages() {
	awk '$2 == "-" && $5 ~ /^\// { print $1 }' "$steps" | while IFS= read -r name; do
		echo "$name $(package_state "$name")" || return 1
	done
}

removed_packages() {
	removed=$(awk '$5 == "**REMOVE**" { print $1 }' "$steps")
	[ -n "$removed" ] || return 0
	manual=$(apt-mark showmanual) || return 1
	for name in $removed; do
		if echo "$manual" | grep -qxF "$name"; then echo "$name manual"; else echo "$name auto"; fi || return 1
	done
}
main "$@"
