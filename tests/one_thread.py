"""What keeps NumPy's linear algebra in one thread, as our own processes that train do (app/child_process.py).

Matrices here are small: more threads wait for each other, busily, and take the cores from whatever else is tested.
"""

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
