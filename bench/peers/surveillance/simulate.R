# Makes the simulated series of src/stats/testing/simulated_series.csv and what R's surveillance
# answers on them (simulated_answers.csv). Run in the root of the repository, with the Debian package
# r-cran-surveillance:
#
#     Rscript bench/peers/surveillance/simulate.R
#
# Series are negative binomial round exp(level + trend + one harmonic), as in Noufaily et al. (2013),
# section 3: twelve scenarios of mean .2 to 60, with and without trend and season, dispersion 1 to 4.
# Each comes without an outbreak and with one of four weeks planted in the last 49 weeks.
suppressMessages(library(surveillance))
set.seed(20130342)
weeks <- 312
range <- 261:312
scenarios <- data.frame(
  mean = c(0.2, 0.6, 1, 1.5, 2.5, 4, 6, 9, 12, 20, 35, 60),
  trend = c(0, 0, .001, 0, -.001, 0, .001, 0, .002, 0, -.001, .001),
  season = c(0, .4, 0, .6, 0, .4, 0, .6, .3, 0, .5, .4),
  phi = c(1.1, 1, 1.5, 2, 1, 1.5, 3, 1, 2, 4, 1.5, 3))
per_scenario <- 6

draw <- function(mu, phi) {
  if (phi <= 1) rpois(length(mu), mu) else rnbinom(length(mu), size = mu / (phi - 1), mu = mu)
}

rows <- list(); answers <- list(); number <- 0
for (s in seq_len(nrow(scenarios))) for (i in seq_len(per_scenario)) {
  number <- number + 1
  one <- scenarios[s, ]
  t <- seq_len(weeks)
  mu <- one$mean * exp(one$trend * (t - weeks / 2) + one$season * cos(2 * pi * (t - 4 * i) / 52))
  null <- draw(mu, one$phi)
  start <- sample(261:309, 1)
  size <- rpois(1, 6 * sqrt(one$phi * mu[start]) + 4)
  shape <- c(.2, .4, .3, .1)
  planted <- null
  planted[start + 0:3] <- planted[start + 0:3] + as.vector(rmultinom(1, size, shape))
  for (kind in c("null", "planted")) {
    x <- if (kind == "null") null else planted
    rows[[length(rows) + 1]] <- data.frame(
      series = number, kind = kind, mean = one$mean, start = start, counts = paste(x, collapse = " "))
    st <- sts(observed = matrix(x, ncol = 1), frequency = 52, epochAsDate = FALSE)
    for (method in c("nbPlugin", "muan", "delta")) {
      if (method == "delta" && kind == "null" && i > 2) next
      alpha <- .01
      result <- suppressWarnings(farringtonFlexible(st, list(
        range = range, b = 4, w = 3, noPeriods = 10, weightsThreshold = 2.58, reweight = TRUE,
        trend = TRUE, pThresholdTrend = 1, alpha = alpha, pastWeeksNotIncluded = 26,
        thresholdMethod = method, populationOffset = FALSE, glmWarnings = FALSE)))
      bound <- as.vector(upperbound(result)); alarm <- as.vector(alarms(result))
      answers[[length(answers) + 1]] <- data.frame(
        series = number, kind = kind, method = method,
        alarms = paste(which(alarm %in% TRUE) + 260, collapse = " "),
        bounds = paste(ifelse(is.na(bound), "", formatC(bound, digits = 10, format = "g")),
                       collapse = ";"))
    }
  }
}
write.csv(do.call(rbind, rows), "src/stats/testing/simulated_series.csv", row.names = FALSE,
          quote = FALSE)
write.csv(do.call(rbind, answers), "src/stats/testing/simulated_answers.csv", row.names = FALSE,
          quote = FALSE)
