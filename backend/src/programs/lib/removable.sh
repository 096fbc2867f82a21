# shellcheck shell=sh disable=SC2034,SC2154
# Which packages giving back takes away and brings again. Asks dpkg and apt; changes nothing.

# package_changes FROM: sets $away, $purge and $back, what giving back does with packages
package_changes() {
	away=''
	purge=''
	while IFS=' ' read -r name before; do
		! is_used_by_others "$name" || continue
		case $(package_state "$name") in
		not-installed) ;;
		config-files) [ "$before" = not-installed ] && purge="$purge $name" ;;
		*)
			away="$away $name"
			[ "$before" = not-installed ] && purge="$purge $name"
			;;
		esac
	done <"$1/added"
	back=$(packages_back "$1")
}

# nftables came for closed side doors: a firewall that somebody has made with it since is theirs, and needs it
is_used_by_others() {
	[ "$1" = nftables ] || return 1
	{ has_systemd && systemctl -q is-enabled nftables.service 2>/dev/null; } || dpkg --verify nftables 2>/dev/null | grep -q ' /etc/'
}

# packages_back FROM: those of its removed ones that are not there
packages_back() {
	while IFS=' ' read -r name _; do
		is_installed "$name" || printf ' %s' "$name"
	done <"$1/removed"
}

# taken_along BACK AWAY…: what would go, once BACK is there again, with the removal of AWAY
taken_along() {
	along_back=$1
	shift
	for name; do
		shift
		set -- "$@" "$name-"
	done
	# shellcheck disable=SC2086 # a list of package names
	along=$(apt-get -s --no-install-recommends install $along_back "$@" 2>/dev/null) || return 1
	echo "$along" | sed -n 's/^\(Remv\|Purg\) \([^ :]*\).*/\2/p'
}

# removable NAMES BACK: those of NAMES that nothing outside of NAMES needs
removable() {
	[ -n "$1" ] || return 0
	# shellcheck disable=SC2086
	if along=$(taken_along "$2" $1) && only_among "$1" "$along"; then
		echo "$1"
		return 0
	fi
	for candidate in $1; do
		# that apt refuses it is no answer: it stays
		if along=$(taken_along "$2" "$candidate") && only_among "$1" "$along"; then echo "$candidate"; fi
	done
}

# only_among SET NAMES: whether each of NAMES is in SET
only_among() {
	for name in $2; do
		case " $1 " in *" $name "*) ;; *) return 1 ;; esac
	done
}

# give_back_arguments AWAY BACK: as `apt-get install` takes them
give_back_arguments() {
	printf '%s' "$2"
	for name in $1; do printf ' %s-' "$name"; done
}
