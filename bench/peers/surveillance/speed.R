# Farrington flexible of R's surveillance over a table of counts, for bench/surveillance:
#
#     Rscript bench/peers/surveillance/speed.R COUNTS.csv FIRST OUT.csv
#
# COUNTS.csv has stream, period (a number) and count; judged are the periods from FIRST on, with the
# settings of simulate.R and the bound of nbPlugin. Prints the seconds of the method alone.
suppressMessages(library(surveillance))
given <- commandArgs(trailingOnly = TRUE)
counts <- read.csv(given[1])
first <- as.integer(given[2])
streams <- unique(counts$stream)
series <- lapply(streams, function(name) {
  sts(observed = matrix(counts$count[counts$stream == name], ncol = 1),
      frequency = 52, epochAsDate = FALSE)
})
judge <- function(one) {
  suppressWarnings(farringtonFlexible(one, list(
    range = first:nrow(observed(one)), b = 4, w = 3, noPeriods = 10, weightsThreshold = 2.58,
    reweight = TRUE, trend = TRUE, pThresholdTrend = 1, alpha = .01, pastWeeksNotIncluded = 26,
    thresholdMethod = "nbPlugin", populationOffset = FALSE, glmWarnings = FALSE)))
}
spent <- system.time(results <- lapply(series, judge))
rows <- lapply(seq_along(results), function(i) {
  data.frame(stream = streams[i], period = first:nrow(observed(series[[i]])),
             bound = as.vector(upperbound(results[[i]])),
             alarm = as.vector(alarms(results[[i]])) %in% TRUE)
})
write.csv(do.call(rbind, rows), given[3], row.names = FALSE)
cat(spent["user.self"] + spent["sys.self"], "\n")
