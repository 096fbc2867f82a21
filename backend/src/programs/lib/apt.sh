# shellcheck shell=sh disable=SC2154
# Changes of packages. apt and dpkg are asked nothing, and wait for whoever holds their locks.

# yes: apt's scripts are to see an empty /var/spool
spool_aside=no

apt_get() { heard apt_get_itself "$@"; }
apt_get_itself() (
	umask 022
	# apt's caches take more room than all packages here; it does without them
	[ "$(free_kib)" -ge 131072 ] || set -- -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@"
	export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l APT_LISTCHANGES_FRONTEND=none
	set -- apt-get -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
		-o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-confdef "$@"
	# shellcheck disable=SC2016 # read by the inner shell
	[ "$spool_aside" = no ] || set -- unshare -m sh -c 'mount -t tmpfs tmpfs /var/spool && exec "$@"' sh "$@"
	exec "$@" </dev/null
)

# fetch ARGUMENTS of apt_get…: the locks of its lists and of its archives are none that apt waits for by itself
fetch() {
	fetching_since=$(date +%s)
	until apt_get "$@"; do
		grep -q 'Could not get lock\|Unable to lock' "$said" && [ $(($(date +%s) - fetching_since)) -lt 300 ] || return 1
		sleep 3
		check_cancel
	done
}

# waits for whoever holds the lock as long as apt does: what looks interrupted may just be going on
configure_pending() (
	umask 022
	waited=0
	until DEBIAN_FRONTEND=noninteractive dpkg --configure -a --force-confold --force-confdef </dev/null; do
		tail -n 4 "$here/output" | grep -q 'locked by another process' && [ $waited -lt 300 ] || exit 1
		waited=$((waited + 5))
		sleep 5
	done
)
# completes what an earlier run of dpkg has left
complete_packages() { ! was_dpkg_interrupted || configure_pending; }

# package_problem CODE: ends the run with what the package system said; some of it has a code of its own
package_problem() {
	case $(last_output) in
	*'Could not get lock'* | *'is locked by another process'* | *'Unable to lock'*) set -- package_system_busy ;;
	*'No space left on device'* | *'enough free space'*) set -- disk_full ;;
	*eld\ packages\ were\ changed* | *'unmet dependencies'* | *'held broken packages'* | *'has no installation candidate'*)
		set -- packages_refused
		;;
	esac
	fail "$1" output "$(last_output)"
}
