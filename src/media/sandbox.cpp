#include "media/sandbox.h"

#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "media/decode_protocol.h"

namespace probity::media {
namespace {

// Sanitizers reserve terabytes of address space and make calls of their own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

// What libvips, its decoders, glib's threads and malloc were seen to need once the libraries are loaded.
constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(clone),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(tgkill),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(prctl),
    SCMP_SYS(getrlimit),
    SCMP_SYS(uname),
};

// Libraries try these and manage without.
constexpr int kRefused[] = {
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(unlink),
    SCMP_SYS(socket),
    SCMP_SYS(ioctl),
    SCMP_SYS(getpeername),
    SCMP_SYS(getppid),
    SCMP_SYS(fcntl),
    SCMP_SYS(pipe2),
    SCMP_SYS(eventfd2),
    SCMP_SYS(prlimit64),
    SCMP_SYS(set_mempolicy),
    SCMP_SYS(get_mempolicy),
    SCMP_SYS(mbind),
    SCMP_SYS(sched_setscheduler),
    SCMP_SYS(sched_setaffinity),
    SCMP_SYS(setpriority),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
};

void end_on_forbidden_call(int) { ::_exit(kForbiddenCallExit); }

bool add_rules(scmp_filter_ctx filter) {
  bool added = true;
  for (const int call : kAllowed) added = added && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  for (const int call : kRefused) added = added && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
  // Makes the C library fall back to clone, whose arguments a filter could look at.
  return added && seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

tl::unexpected<Error> not_locked(const char* what) {
  return fail(ErrorCode::internal, std::string("the decoder's sandbox could not be set up (") + what + ")",
              "pictures are not decoded without it; run on a Linux kernel with seccomp");
}

}  // namespace

Result<void> limit_resources(const DecodeLimits& limits) {
  const auto set = [](auto resource, std::uint64_t most) {
    const rlimit both{most, most};
    return ::setrlimit(resource, &both) == 0;
  };
  if (!set(RLIMIT_CORE, 0) || !set(RLIMIT_CPU, limits.cpu_seconds) || !set(RLIMIT_FSIZE, 0))
    return not_locked("resource limits");
  if (!kSanitized && !set(RLIMIT_AS, limits.memory_bytes)) return not_locked("memory limit");
  return {};
}

Result<void> lock_in() {
  const rlimit no_more_files{3, 3};
  if (::setrlimit(RLIMIT_NOFILE, &no_more_files) != 0) return not_locked("file limit");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return not_locked("privileges");
  if (kSanitized) return {};
  ::signal(SIGSYS, end_on_forbidden_call);
  const std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_TRAP), seccomp_release);
  if (!filter || !add_rules(filter.get())) return not_locked("system call rules");
  if (seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) != 0 || seccomp_load(filter.get()) != 0)
    return not_locked("system call filter");
  return {};
}

}  // namespace probity::media
