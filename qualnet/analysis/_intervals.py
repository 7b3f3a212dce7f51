"""Intervals for shares of interviews.

Interviews are few and chosen on purpose: read every interval "among those interviewed".
"""

from __future__ import annotations

from math import sqrt

__all__ = ["newcombe", "wilson"]

Z = 1.959963984540054  # 97.5 % point of the normal distribution


def wilson(k: int, n: int) -> tuple[float, float]:
    """Give Wilson's 95 % score interval of k out of n.

    Parameters
    ----------
    k, n
        Interviews that say so, and interviews in all. With n = 0 nothing is known: (0, 1).

    Returns
    -------
    tuple of float
        Lower and upper end, within 0..1.

    References
    ----------
    Wilson, E. B. (1927). Probable inference. JASA 22, 209-212.
    doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> tuple(round(x, 6) for x in wilson(3, 4))
    (0.300642, 0.954413)
    """
    if n == 0:
        return 0.0, 1.0
    p = k / n
    middle = p + Z * Z / (2 * n)
    half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    low = 0.0 if k == 0 else max(0.0, (middle - half) / scale)
    high = 1.0 if k == n else min(1.0, (middle + half) / scale)
    return low, high


def newcombe(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float, float]:
    """Give the difference k1/n1 - k2/n2 with Newcombe's 95 % interval (his method 10).

    Returns
    -------
    tuple of float
        Difference, lower and upper end, within -1..1. An empty group makes it (0, -1, 1).

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent
    proportions. Statistics in Medicine 17, 873-890.
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I

    Examples
    --------
    Newcombe's table II, example (a), 56/70 and 48/80:

    >>> tuple(round(x, 4) for x in newcombe(56, 70, 48, 80))
    (0.2, 0.0524, 0.3339)
    """
    if n1 == 0 or n2 == 0:
        return 0.0, -1.0, 1.0
    p1, p2 = k1 / n1, k2 / n2
    low1, high1 = wilson(k1, n1)
    low2, high2 = wilson(k2, n2)
    difference = p1 - p2
    below = sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    above = sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return difference, max(-1.0, difference - below), min(1.0, difference + above)
