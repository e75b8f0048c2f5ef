// Completed when staticQuota's options are known.
